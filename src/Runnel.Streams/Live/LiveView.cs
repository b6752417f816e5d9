using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Streams.Live;

/// <summary>A stream's view and its position. It is built by replay when first asked for, and kept in step from then on;
/// a stream whose state nobody asks for does not have one. All but the replay happens under the stream's gate.</summary>
internal sealed class LiveView(StreamName stream, IStreamViews views)
{
    private const int PageBytes = 256 * 1024;
    private IStreamView? _current;
    private Task _replay = Task.CompletedTask;
    private long _position;

    public IStreamView Current => _current!;

    public bool IsAt(long number) => _current is not null && _position == number;

    /// <summary>Takes an entry that has just become visible. Nobody who appends pays for a view that fails: it is dropped,
    /// and who asks for the state next gets its exception from the replay.</summary>
    public void Follow(LogEntry entry)
    {
        try
        {
            Apply(entry);
        }
        catch
        {
            // Dropped already.
        }
    }

    public void WriteEmptyTo(Utf8JsonWriter writer) => views.Create(stream).WriteTo(writer);

    /// <summary>Replays from where the application says up to what is visible. Whoever comes meanwhile waits for the same
    /// replay.</summary>
    public Task CatchUpAsync(LiveStream live, CancellationToken cancellationToken)
    {
        Task replay;
        lock (live.Gate)
        {
            if (_replay.IsCompleted)
                _replay = ReplayAsync(live);
            replay = _replay;
        }

        return replay.WaitAsync(cancellationToken);
    }

    private async Task ReplayAsync(LiveStream live)
    {
        await Task.Yield();
        while (true)
        {
            if (!HasBegun(live))
                await BeginAsync(live);
            var (position, last) = Progress(live);
            if (position >= last)
                return;
            Replay(live, await live.ReadStoreAsync(position, PageBytes, CancellationToken.None), last);
        }
    }

    private async Task BeginAsync(LiveStream live)
    {
        // What is appended while the application looks is not in its answer, and must be replayed.
        var (_, before) = Progress(live);
        var start = await views.FindStartAsync(stream, CancellationToken.None);
        lock (live.Gate)
        {
            _position = Math.Max(live.Head.First - 1, Math.Min(start, before));
            _current = views.Create(stream);
        }
    }

    private bool HasBegun(LiveStream live)
    {
        lock (live.Gate)
            return _current is not null;
    }

    private (long Position, long Last) Progress(LiveStream live)
    {
        lock (live.Gate)
            return (_position, live.Last);
    }

    private void Replay(LiveStream live, IReadOnlyList<LogEntry> page, long last)
    {
        lock (live.Gate)
        {
            // What is no longer retained is passed over, else this would ask for it for ever.
            var before = page.Count == 0 ? last : Math.Min(page[0].Number - 1, last);
            _position = Math.Max(_position, before);
            foreach (var entry in page)
            {
                if (entry.Number <= live.Last)
                    Apply(entry);
            }
        }
    }

    private void Apply(LogEntry entry)
    {
        if (_current is null || entry.Number != _position + 1)
            return;
        try
        {
            _current.Apply(entry);
            _position = entry.Number;
        }
        catch
        {
            _current = null;
            throw;
        }
    }
}
