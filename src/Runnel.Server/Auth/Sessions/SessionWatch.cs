namespace Runnel.Server.Auth.Sessions;

/// <summary>What <see cref="SessionEnds.Watch"/> gives; dispose it when nothing more depends on the session. Thread-safe.</summary>
internal sealed class SessionWatch : IDisposable
{
    private readonly SessionEnds _ends;
    private readonly CancellationTokenSource _ended = new();

    internal SessionWatch(SessionEnds ends, string id) => (_ends, Id, Ended) = (ends, id, _ended.Token);

    public string Id { get; }

    /// <summary>Cancelled when the session has ended.</summary>
    public CancellationToken Ended { get; }

    public void Dispose()
    {
        _ends.Forget(this);
        // Without a timer or a link a source holds nothing that only disposal gives back; and it may be ending just now.
    }

    internal void End() => _ended.Cancel();
}
