using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>A store of which every n-th call, of whatever kind, has a fault.</summary>
/// <param name="inner">What stores.</param>
/// <param name="period">Every how many calls; 1 is each.</param>
/// <param name="fault">What happens then.</param>
public sealed class FaultyStore(IStreamStore inner, int period, Fault fault) : IStreamStore
{
    private IReadOnlyList<PendingAppend> _lost = [];
    private int _calls;
    private int _faults;

    /// <summary>How many faults there were.</summary>
    public int Faults => Volatile.Read(ref _faults);

    public long Incarnation => inner.Incarnation;

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public async ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        var isFaulty = await IsFaultyAsync();
        if (isFaulty && fault == Fault.Fails)
            throw new StoreUnavailableException("The disk is full.");
        var isKnown = _lost.Count > 0 && _lost[0] == batch[0];
        if (!isKnown)
            await inner.CommitAsync(batch, cancellationToken);
        // The list is the log's: it fills it anew for the next commit.
        _lost = isFaulty && fault == Fault.LosesAnswers ? [.. batch] : [];
        if (_lost.Count > 0)
            throw new StoreUnavailableException("The connection is gone.") { MayBeStored = true };
    }

    public async ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken)
    {
        await BeforeReadAsync();
        return await inner.FindAsync(stream, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken)
    {
        await BeforeReadAsync();
        return await inner.ReadAsync(stream, after, maxBytes, cancellationToken);
    }

    private async ValueTask BeforeReadAsync()
    {
        if (await IsFaultyAsync() && fault != Fault.Delays)
            throw new StoreUnavailableException("The disk cannot be read.");
    }

    private async ValueTask<bool> IsFaultyAsync()
    {
        if (Interlocked.Increment(ref _calls) % period != 0)
            return false;
        Interlocked.Increment(ref _faults);
        if (fault == Fault.Delays)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        return true;
    }
}
