using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Persistence.Postgres;

/// <summary>Advisory locks of transactions, which end with their connection and pass any pooler. A transaction that does nothing
/// else holds up no vacuum.</summary>
internal sealed class PostgresLocks(IServiceProvider services) : IServerLocks
{
    public async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await WithinAsync("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", name, work, cancellationToken);

    public Task WaitAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WithinAsync("select pg_advisory_xact_lock(hashtextextended($1, 0)) is not null", name, work, cancellationToken);

    private async Task<bool> WithinAsync(
        string taking, string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        // Not a constructor parameter: a connection string that cannot be read is a failure of the start.
        var pool = services.GetRequiredService<PostgresDatabase>().Pool;
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two texts above.
        command.CommandText = taking;
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = "runnel " + name });
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            return false;
        await work(cancellationToken);
        return true;
    }
}
