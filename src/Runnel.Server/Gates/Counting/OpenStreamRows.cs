using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Server.Gates.Counting;

/// <summary>How many streams readers have open, as each server told. Those of a server that was fenced off do not count.</summary>
internal sealed class OpenStreamRows(IServiceProvider services, IStreamStore store)
{
    private const string Given = "from unnest($2::text[], $3::integer[]) as r (reader, streams)";

    private const string Upsert =
        "on conflict (reader, incarnation) do update set streams = excluded.streams";

    // Of two servers that ask for the same reader one waits for the other; in one order, so that they never wait in a circle.
    private const string Lock = """
        select pg_advisory_xact_lock(k.key)
        from (select distinct hashtextextended(reader, 1) as key from unnest($1::text[]) as reader order by key) k
        """;

    private const string Enter = $"""
        insert into open_streams (reader, incarnation, streams)
        select r.reader, $1, e.streams {Given}, lateral (
          select least(r.streams, $4 - coalesce(sum(o.streams), 0))::integer as streams
          from open_streams o join writers w on w.incarnation = o.incarnation
          where o.reader = r.reader and o.incarnation <> $1 and not w.fenced) e
        where e.streams > 0 order by r.reader collate "C"
        {Upsert} returning reader, streams
        """;

    private const string Tell = $"""
        insert into open_streams (reader, incarnation, streams)
        select r.reader, $1, r.streams {Given} where r.streams > 0 order by r.reader collate "C" {Upsert}
        """;

    private const string Forget =
        $"delete from open_streams where incarnation = $1 and reader in (select r.reader {Given} where r.streams = 0)";

    /// <summary>Whether the log is open, so that this server has a number among the others.</summary>
    public bool CanTell => store.Incarnation > 0;

    // Not a constructor parameter: a connection string that cannot be read is a failure of the start.
    private NpgsqlDataSource Pool => services.GetRequiredService<PostgresDatabase>().Pool;

    /// <summary>Says that this server tells; whether it has not before, or all that it told was lost.</summary>
    public async Task<bool> IsNewAsync(CancellationToken cancellationToken)
    {
        await using var command = Pool.CreateCommand(
            "insert into open_streams (reader, incarnation, streams) values ('', $1, 0) on conflict do nothing");
        command.Parameters.Add(new() { Value = store.Incarnation });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Tells how many these readers have open here.</summary>
    public async Task TellAsync(string[] readers, int[] counts, CancellationToken cancellationToken)
    {
        await using var batch = Pool.CreateBatch();
        Add(batch, Tell, store.Incarnation, readers, counts);
        Add(batch, Forget, store.Incarnation, readers, counts);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells how many these readers would have open here, of each so many as they may have with those elsewhere; how many
    /// that are.</summary>
    public async Task<IReadOnlyDictionary<string, int>> EnterAsync(
        string[] readers, int[] counts, int most, CancellationToken cancellationToken)
    {
        await using var batch = Pool.CreateBatch();
        Add(batch, Lock, [readers]);
        Add(batch, Enter, store.Incarnation, readers, counts, most);
        var entered = new Dictionary<string, int>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            entered[rows.GetString(0)] = rows.GetInt32(1);
        return entered;
    }

    /// <summary>This server has none open any more.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await using var command = Pool.CreateCommand("delete from open_streams where incarnation = $1");
        command.Parameters.Add(new() { Value = store.Incarnation });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
#pragma warning disable CA2100 // Constants of this file.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
