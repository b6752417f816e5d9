using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Live;

/// <summary>
/// Finds what other processes have committed and nobody told: asks the store, every few seconds and whenever its line to the
/// others was cut, where the streams that are followed here stand. One question for all of them.
/// </summary>
internal sealed class PositionCheck : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly ISharedStore _store;
    private readonly LiveStreams _live;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private int _asking;

    public PositionCheck(ISharedStore store, LiveStreams live, TimeProvider time)
    {
        (_store, _live) = (store, live);
        store.Heard = Hear;
        _timer = time.CreateTimer(_ => Begin(), null, Period, Period);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Cancel();
    }

    private void Hear(IReadOnlyList<StreamMove> moves)
    {
        if (moves.Count > 0)
            _live.Hear(moves);
        else
            Begin();
    }

    private void Begin()
    {
        if (Interlocked.Exchange(ref _asking, 1) == 0)
            _ = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            var opened = _live.Opened();
            if (opened.Count == 0)
                return;
            var found = await _store.FindAsync(opened, _stopping.Token);
            _live.Hear([.. found, .. Gone(opened, found)]);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // The next time, or when the line is there again.
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }

    private static IEnumerable<StreamMove> Gone(List<StreamName> opened, IReadOnlyList<StreamMove> found)
    {
        var there = found.Select(move => move.Stream).ToHashSet();
        return opened.Where(name => !there.Contains(name)).Select(name => new StreamMove(name, default));
    }
}
