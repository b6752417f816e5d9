namespace Runnel.Server.Persistence;

/// <summary>
/// Lets one of the servers on a database do what need not be done by each. A server that loses the database in the middle loses the
/// lock with it and notices nothing: what is done must be harmless when two do it. Thread-safe.
/// </summary>
internal interface IServerLocks
{
    /// <summary>Does it, unless another server is at it.</summary>
    /// <returns>Whether it was done.</returns>
    Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken);

    /// <summary>Does it when no other server is at it any more.</summary>
    Task WaitAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken);
}
