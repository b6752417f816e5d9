using System.Diagnostics;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Appending;

/// <summary>
/// Whether an append waits a moment for others to share its commit: only when several streams are written to and a commit has
/// begun just before. A single writer never waits, however fast it is; many share a thousand commits a second instead
/// of making one each, and their followers are woken together.
/// </summary>
internal sealed class Company
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private StreamName? _stream;
    private long _begunAt;

    /// <summary>How long to wait before a commit.</summary>
    public TimeSpan TimeFor(PendingAppend first) =>
        _stream is null || first.Append.Stream == _stream || Stopwatch.GetElapsedTime(_begunAt) >= Moment
            ? TimeSpan.Zero
            : Moment;

    /// <summary>A commit begins.</summary>
    public void Begin(IReadOnlyList<PendingAppend> batch) =>
        (_stream, _begunAt) = (batch[^1].Append.Stream, Stopwatch.GetTimestamp());
}
