using Npgsql;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Gates.Counting;

/// <summary>The allowances as all servers have counted them. Times are the database's, and what is given is how far away they
/// are.</summary>
internal sealed class AllowanceRows(IServiceProvider services)
{
    // In the order of the keys, so that two servers never wait for each other's rows. Nobody is noted further ahead than a minute.
    private const string Add = """
        insert into allowances as a (caller, whole_at)
        select c.caller, now() + least(c.taken * $3, interval '1 minute')
        from unnest($1::text[], $2::integer[]) as c (caller, taken) order by c.caller collate "C"
        on conflict (caller) do update set whole_at = least(
          greatest(a.whole_at, now()) + (excluded.whole_at - now()), now() + interval '1 minute')
        returning caller, whole_at - now()
        """;

    // Not a constructor parameter: a connection string that cannot be read is a failure of the start.
    private NpgsqlDataSource Pool => services.GetRequiredService<PostgresDatabase>().Pool;

    /// <summary>Adds requests; how long each of those callers' allowances takes to be whole again.</summary>
    /// <param name="counted">How many requests of whom.</param>
    /// <param name="each">What one takes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<(string Caller, TimeSpan Until)>> AddAsync(
        IReadOnlyDictionary<string, int> counted, TimeSpan each, CancellationToken cancellationToken)
    {
        if (counted.Count == 0)
            return [];
        await using var command = Pool.CreateCommand(Add);
        command.Parameters.Add(new() { Value = counted.Keys.ToArray() });
        command.Parameters.Add(new() { Value = counted.Values.ToArray() });
        command.Parameters.Add(new() { Value = each });
        var heard = new List<(string, TimeSpan)>(counted.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            heard.Add((rows.GetString(0), rows.GetFieldValue<TimeSpan>(1)));
        return heard;
    }
}
