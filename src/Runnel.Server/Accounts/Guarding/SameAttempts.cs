using Microsoft.Extensions.Options;
using Npgsql;
using Runnel.Server.Configuration;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Failed sign-ins in the database, where all servers count the same. Who signs in reads the database anyway.</summary>
internal sealed class SameAttempts(IServiceProvider services, IOptions<LimitsOptions> limits, TimeProvider time) : ILoginAttempts
{
    // Of two who count under the same key one waits for the other.
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, 2))";

    // When the oldest of as many as are allowed is a minute old there is room for one.
    private const string Wait = """
        select max(f.at) + interval '1 minute' - $3 from unnest($1::text[]) as k (key),
          lateral (select at from failed_logins where failed_logins.key = k.key and at > $3 - interval '1 minute'
                   order by at desc offset $2 - 1 limit 1) f
        """;

    private const string Count = $"""
        insert into failed_logins (attempt, key, at)
        select $4, k.key, $3 from unnest($1::text[]) as k (key) where ({Wait}) is null
        """;

    // Not a constructor parameter: a connection string that cannot be read is a failure of the start.
    private NpgsqlDataSource Pool => services.GetRequiredService<PostgresDatabase>().Pool;

    public async ValueTask<TimeSpan?> BeginAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var keys = attempt.Keys.Order(StringComparer.Ordinal).ToArray();
        await using var batch = Pool.CreateBatch();
        foreach (var key in keys)
            Add(batch, Lock, key);
        var (most, now) = (limits.Value.FailedLoginsPerMinute, time.GetUtcNow());
        Add(batch, Wait, keys, most, now);
        Add(batch, Count, keys, most, now, attempt.Id);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        for (var locks = 0; locks < keys.Length; locks++)
            await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.IsDBNull(0) ? null : rows.GetFieldValue<TimeSpan>(0);
    }

    public async ValueTask ForgiveAsync(LoginAttempt attempt)
    {
        await using var command = Pool.CreateCommand("delete from failed_logins where attempt = $1");
        command.Parameters.Add(new() { Value = attempt.Id });
        await command.ExecuteNonQueryAsync();
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
