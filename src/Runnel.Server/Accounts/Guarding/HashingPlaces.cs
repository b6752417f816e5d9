namespace Runnel.Server.Accounts.Guarding;

/// <summary>
/// Hashing a password takes a processor for a while, on purpose. No more than half of them do it at once, so that whoever signs in
/// over and over keeps nobody waiting but who signs in. Thread-safe.
/// </summary>
internal sealed class HashingPlaces : IDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a place, in turn, and does work that hashes.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
