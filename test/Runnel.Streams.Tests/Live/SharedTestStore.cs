using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

/// <summary>A store in memory that a test writes to behind the log's back, as another process would; it is told what the test
/// tells it, when the test does.</summary>
internal sealed class SharedTestStore : ISharedStore
{
    private readonly InMemoryStreamStore _inner = new();

    public Action<IReadOnlyList<StreamMove>>? Heard { get; set; }

    public CancellationToken Fenced => CancellationToken.None;

    public bool HasCompany => false;

    public Action? OthersLeft { get; set; }

    public Action<string>? Signalled { get; set; }

    public long Incarnation => _inner.Incarnation;

    /// <summary>Commits as another process, and tells nobody.</summary>
    public async Task<PendingAppend> CommitElsewhereAsync(Append append) => (await _inner.CommitAsync(append))[0];

    /// <summary>Tells what another process has committed.</summary>
    public void Tell(PendingAppend committed, bool withEvents = true)
    {
        var (stream, receipt) = (committed.Append.Stream, committed.Receipt);
        var head = new StreamHead(receipt.Last.Generation, 1, receipt.Last.Number, committed.Append.EndsStream);
        var move = new StreamMove(stream, head) { FirstNumber = receipt.Before.Number + 1 };
        Heard!([withEvents ? move with { Events = committed.Events } : move]);
    }

    public Task OpenAsync(CancellationToken cancellationToken) => _inner.OpenAsync(cancellationToken);

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken) =>
        _inner.CommitAsync(batch, cancellationToken);

    public ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken) =>
        _inner.FindAsync(stream, cancellationToken);

    public async ValueTask<IReadOnlyList<StreamMove>> FindAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellationToken)
    {
        var found = new List<StreamMove>();
        foreach (var stream in streams)
        {
            if (await _inner.FindAsync(stream, cancellationToken) is { } head)
                found.Add(new StreamMove(stream, head));
        }

        return found;
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        _inner.ReadAsync(stream, after, maxBytes, cancellationToken);

    public ValueTask SignalAsync(string text, CancellationToken cancellationToken)
    {
        Signalled?.Invoke(text);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> MayWriteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
