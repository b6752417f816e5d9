namespace Runnel.Server.Persistence.Sqlite;

/// <summary>There is no other server on the database.</summary>
internal sealed class OnlyServer : IServerLocks
{
    public async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await work(cancellationToken);
        return true;
    }

    public Task WaitAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        work(cancellationToken);
}
