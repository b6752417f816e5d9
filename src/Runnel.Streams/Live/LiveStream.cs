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
    private readonly Shown _shown;
    private readonly LiveView _view;
    private readonly IStreamStore _store;
    private readonly StorePages _pages;
    private readonly Lazy<Task<bool>> _opening;
    private readonly WaitingList _waiting = new();
    private int _followers;
    private long _idleSince;
    private bool _closed;
    private volatile bool _retired;

    public LiveStream(StreamName name, IStreamStore store, StorePages pages, IStreamViews views, TailBudget budget, long now)
    {
        _shown = new Shown(new Tail(MaxTailEntries, MaxTailBytes, budget));
        (Name, _store, _pages, _idleSince) = (name, store, pages, now);
        _view = new LiveView(name, views);
        _opening = new Lazy<Task<bool>>(OpenAsync);
    }

    public StreamName Name { get; }

    /// <summary>Where the stream stands, as far as it is visible.</summary>
    public StreamHead Head => _shown.Head;

    /// <summary>Bytes that the followers share.</summary>
    public SharedFrames Frames { get; } = new();

    public Lock Gate => _gate;

    public int FollowerCount => Volatile.Read(ref _followers);

    /// <summary>The number of the newest visible event.</summary>
    public long Last => Head.Last;

    public Cursor CursorAt(long number) => new(Cursor.MarkOf(Name), Head.Generation, number);

    /// <summary>Asks the store once where the stream stands; false when the store does not have it. Publishing may have begun
    /// before: first listen, then ask, so that nothing falls between the two.</summary>
    public Task<bool> Opening => _opening.Value;

    /// <summary>Makes committed entries visible, and what else the append did. Called in the order of commits.</summary>
    /// <param name="events">The entries' events.</param>
    /// <param name="firstNumber">The number of the first.</param>
    /// <param name="woken">Takes in those who waited: they are to be resumed.</param>
    /// <param name="trimTo">Up to where the stream was trimmed.</param>
    /// <param name="ends">Whether it has ended.</param>
    public void Publish(
        IReadOnlyList<StreamEvent> events, long firstNumber, List<Follower> woken, long trimTo = 0, bool ends = false)
    {
        lock (_gate)
        {
            if (_retired)
                return;
            Add(events, firstNumber);
            var last = Math.Max(Last, firstNumber + events.Count - 1);
            _shown.MoveTo((Head with { Last = last, IsEnded = Head.IsEnded || ends }).TrimmedTo(trimTo));
            _waiting.MoveTo(woken);
        }
    }

    /// <summary>Takes what another process has committed. What is missing before it, the store has; what is known already
    /// changes nothing.</summary>
    /// <returns>False when it is another stream now, of the same name.</returns>
    public bool TryHear(StreamMove move, List<Follower> woken)
    {
        lock (_gate)
        {
            if (_retired)
                return true;
            if (Head.Generation != 0 && move.Head.Generation != Head.Generation)
                return false;
            Add(move.Events, move.FirstNumber);
            _shown.Learn(move.Head);
            _waiting.MoveTo(woken);
            return true;
        }
    }

    private void Add(IReadOnlyList<StreamEvent> events, long firstNumber)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var entry = new LogEntry(firstNumber + i, events[i]);
            _shown.Add(entry, isReference: events[i].Stream != Name);
            _view.Follow(entry);
        }
    }

    /// <summary>Leaves it to the store to show empty places where events of deleted streams were.</summary>
    public void Forget(IReadOnlyCollection<StreamName> deleted)
    {
        lock (_gate)
            _shown.Forget(deleted);
    }

    /// <summary>Ends it here, because it was deleted or nobody needs it: its followers are cut, and nobody can come any more.
    /// Those of a stream that has ended first read what they have not seen of its tail: how it ended is there.</summary>
    public void Retire()
    {
        var woken = new List<Follower>();
        lock (_gate)
        {
            _closed = true;
            if (Head.IsEnded && _followers > 0)
                return;
            _retired = true;
            _shown.Clear();
            _waiting.MoveTo(woken);
        }

        WakeUp.Queue(woken);
    }

    /// <summary>Puts a follower on the waiting list; false when there is something for it already.</summary>
    public bool TryWait(Follower follower)
    {
        lock (_gate)
        {
            if (follower.TakeNudge() || follower.Number < Last || Head.IsEnded || _retired)
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
            return number >= Last || IsCutAt(number) ? 0 : _shown.CopyAfter(number, into);
    }

    /// <summary>Whether nobody who stands at a number can go on from it: the stream is gone, or what comes next is.</summary>
    public bool IsCutAt(long number) => _retired || number < Head.First - 1;

    /// <summary>Whether nothing will ever come after a number.</summary>
    public bool IsEndedAt(long number) => Head is { IsEnded: true } head && !_retired && number >= head.Last;

    /// <summary>The next entries for a follower, from the store.</summary>
    public ValueTask<ReadOnlyMemory<LogEntry>> ReadPageAsync(long after, CancellationToken cancellationToken) =>
        _pages.ReadAsync(this, after, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadStoreAsync(long after, int maxBytes, CancellationToken cancellationToken) =>
        _store.ReadAsync(Name, after, maxBytes, cancellationToken);

    /// <summary>The newest position and the state at exactly that position.</summary>
    public async ValueTask<T> ReadStateAsync<T>(Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_view.IsAt(Last))
                    return read(CursorAt(Last), _view.Current);
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
            if (_retired || _closed)
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
            if (!_closed || _followers > 0)
                return;
        }

        Retire();
    }

    /// <summary>Marks the stream as gone when nobody has used it since a time; true when it may be dropped.</summary>
    public bool TryEvict(long idleSince)
    {
        lock (_gate)
            return _retired = _retired || (_followers == 0 && _idleSince <= idleSince);
    }

    private async Task<bool> OpenAsync()
    {
        if (await _store.FindAsync(Name, CancellationToken.None) is not { } head)
            return false;
        lock (_gate)
        {
            // What was published meanwhile is newer than what was read.
            _shown.Learn(head);
        }

        return true;
    }
}
