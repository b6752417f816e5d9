using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Streams.Live;

/// <summary>
/// A stream that somebody follows. Commits are published to it in order; it keeps the newest entries, wakes the followers
/// that wait, and keeps the view in step. Everything older it leaves to the store: a follower that is behind the tail
/// reads there.
/// </summary>
internal sealed class LiveStream
{
    private const int MaxTailEntries = 1024;
    private const int MaxTailBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly Tail _tail = new(MaxTailEntries, MaxTailBytes);
    private readonly LiveView _view;
    private readonly IStreamStore _store;
    private readonly Lazy<Task<bool>> _opening;
    private readonly WaitingList _waiting = new();
    private long _last;
    private int _followers;
    private long _idleSince;
    private bool _evicted;

    public LiveStream(StreamName name, IStreamStore store, IStreamViews views, long now)
    {
        (Name, _store, _idleSince) = (name, store, now);
        _view = new LiveView(name, views);
        _opening = new Lazy<Task<bool>>(OpenAsync);
    }

    public StreamName Name { get; }

    /// <summary>What the store said when the stream was opened; its generation and first number stay true while it is live.</summary>
    public StreamHead Head { get; private set; }

    /// <summary>Bytes that the followers share.</summary>
    public SharedFrames Frames { get; } = new();

    public Lock Gate => _gate;

    public int FollowerCount => Volatile.Read(ref _followers);

    /// <summary>The number of the newest visible event.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    public Cursor CursorAt(long number) => new(Cursor.MarkOf(Name), Head.Generation, number);

    /// <summary>Asks the store once where the stream stands; false when the store does not have it. Publishing may have begun
    /// before: first listen, then ask, so that nothing falls between the two.</summary>
    public Task<bool> Opening => _opening.Value;

    /// <summary>Makes committed entries visible and wakes whoever waits. Called in the order of commits.</summary>
    public void Publish(IReadOnlyList<StreamEvent> events, long firstNumber)
    {
        List<Follower> woken;
        lock (_gate)
        {
            for (var i = 0; i < events.Count; i++)
            {
                var entry = new LogEntry(firstNumber + i, events[i]);
                _tail.Add(entry);
                _view.Follow(entry);
            }

            _last = Math.Max(_last, firstNumber + events.Count - 1);
            woken = _waiting.TakeAll();
        }

        WakeUp.Queue(woken);
    }

    /// <summary>Puts a follower on the waiting list; false when there is something for it already.</summary>
    public bool TryWait(Follower follower)
    {
        lock (_gate)
        {
            if (follower.TakeNudge() || follower.Number < _last)
                return false;
            _waiting.Add(follower);
            return true;
        }
    }

    /// <summary>Resumes a follower that waits, or lets its next wait complete at once.</summary>
    public void Nudge(Follower follower)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(follower))
            {
                follower.KeepNudge();
                return;
            }
        }

        follower.Resume();
    }

    /// <summary>Copies visible entries after a number; -1 where they must come from the store.</summary>
    public int CopyAfter(long number, Span<LogEntry> into)
    {
        lock (_gate)
            return number >= _last ? 0 : _tail.CopyAfter(number, into);
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadStoreAsync(long after, int maxBytes, CancellationToken cancellationToken) =>
        _store.ReadAsync(Name, after, maxBytes, cancellationToken);

    /// <summary>The newest position and the state at exactly that position.</summary>
    public async ValueTask<T> ReadStateAsync<T>(Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_view.IsAt(_last))
                    return read(CursorAt(_last), _view.Current);
            }

            await _view.CatchUpAsync(this, cancellationToken);
        }
    }

    /// <summary>The state of a stream in which nothing happens, as JSON members.</summary>
    public void WriteEmptyState(Utf8JsonWriter writer) => _view.WriteEmptyTo(writer);

    /// <summary>Counts a follower in; false when the stream was just evicted and must be opened again.</summary>
    public bool TryRetain()
    {
        lock (_gate)
        {
            if (_evicted)
                return false;
            _followers++;
            return true;
        }
    }

    public void Release(long now)
    {
        lock (_gate)
        {
            _followers--;
            _idleSince = now;
        }
    }

    /// <summary>Marks the stream as gone when nobody has used it since a time; true when it may be dropped.</summary>
    public bool TryEvict(long idleSince)
    {
        lock (_gate)
            return _evicted = _followers == 0 && _idleSince <= idleSince;
    }

    private async Task<bool> OpenAsync()
    {
        if (await _store.FindAsync(Name, CancellationToken.None) is not { } head)
            return false;
        lock (_gate)
        {
            Head = head;
            _last = Math.Max(_last, head.Last);
        }

        return true;
    }
}
