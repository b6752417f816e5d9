using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Server.Gates.Counting;

/// <summary>How many streams readers have open, as each server told. Those of a server that was fenced off do not count.</summary>
internal sealed class OpenStreamRows(IServiceProvider services, IStreamStore store)
{
    private const string Elsewhere = """
        from open_streams o join writers w on w.incarnation = o.incarnation
        where o.incarnation <> $1 and not w.fenced and o.reader
        """;

    private const string Tell = """
        insert into open_streams (reader, incarnation, streams)
        select r.reader, $1, r.streams from unnest($2::text[], $3::integer[]) as r (reader, streams)
        where r.streams > 0 order by r.reader collate "C"
        on conflict (reader, incarnation) do update set streams = excluded.streams
        """;

    private const string Forget = """
        delete from open_streams where incarnation = $1 and reader in (
          select r.reader from unnest($2::text[], $3::integer[]) as r (reader, streams) where r.streams = 0)
        """;

    private const string Enter = $"""
        insert into open_streams (reader, incarnation, streams)
        select $2, $1, $3 where $3 + (select coalesce(sum(o.streams), 0) {Elsewhere} = $2) <= $4
        on conflict (reader, incarnation) do update set streams = excluded.streams
        """;

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

    /// <summary>Tells how many these readers have open here; how many they have elsewhere, if any.</summary>
    public async Task<IReadOnlyDictionary<string, int>> TellAsync(
        string[] readers, int[] counts, CancellationToken cancellationToken)
    {
        await using var batch = Pool.CreateBatch();
        Add(batch, Tell, store.Incarnation, readers, counts);
        Add(batch, Forget, store.Incarnation, readers, counts);
        Add(batch, $"select o.reader, sum(o.streams)::integer {Elsewhere} = any($2) group by o.reader", store.Incarnation, readers);
        var elsewhere = new Dictionary<string, int>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            elsewhere[rows.GetString(0)] = rows.GetInt32(1);
        return elsewhere;
    }

    /// <summary>Tells how many a reader has open here, if that leaves them no more than they may have; whether it does. Of two servers
    /// that ask at once one waits for the other.</summary>
    public async Task<bool> TryEnterAsync(string reader, int count, int most, CancellationToken cancellationToken)
    {
        await using var batch = Pool.CreateBatch();
        Add(batch, "select pg_advisory_xact_lock(hashtextextended($1, 1))", reader);
        Add(batch, Enter, store.Incarnation, reader, count, most);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[1].RecordsAffected == 1;
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
