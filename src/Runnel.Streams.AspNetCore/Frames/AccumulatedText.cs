using System.Buffers;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// A text as it grew, escaped for JSON once, with the length that it had after each event: so that any follower can be given
/// any part of it without a copy of its own. Filled from what followers read; what they did not read comes from the log.
/// Thread-safe.
/// </summary>
internal sealed class AccumulatedText
{
    private const int PageBytes = 256 * 1024;
    private readonly Lock _gate = new();
    private readonly IEventStreams _streams;
    private readonly StreamEvent _sample;
    private readonly ArrayBufferWriter<byte> _escaped = new();
    private readonly List<(long Number, int Length)> _marks = [];
    private long _position;

    public AccumulatedText(IEventStreams streams, StreamEvent sample) =>
        (_streams, _sample, _position) = (streams, sample, sample.Since);

    /// <summary>When it was last used, as a timestamp.</summary>
    public long UsedAt { get; set; }

    /// <summary>Makes sure that it holds everything up to and with an event of this text.</summary>
    public async ValueTask ReachAsync(StreamEvent reached, CancellationToken cancellationToken)
    {
        while (true)
        {
            long position;
            lock (_gate)
            {
                if (_position == reached.Number - 1)
                    Append(reached);
                if (_position >= reached.Number)
                    return;
                position = _position;
            }

            var page = await _streams.ReadAsync(_sample.Stream, position, PageBytes, cancellationToken);
            lock (_gate)
            {
                foreach (var entry in page)
                {
                    // What is no longer retained before the text's first delta leaves a gap that nobody can fill.
                    if (entry.Event is { } next && next.Number > _position)
                        Append(next);
                }

                if (page.Count == 0)
                {
                    // Nothing before it is left; it is there itself.
                    if (_position < reached.Number)
                        Append(reached);
                    return;
                }
            }
        }
    }

    /// <summary>The text after one event, up to and with another, and its whole length there.</summary>
    public (ReadOnlyMemory<byte> Part, ReadOnlyMemory<byte> Whole) Between(long after, long last)
    {
        lock (_gate)
        {
            var (from, to) = (LengthAt(after), LengthAt(last));
            var written = _escaped.WrittenMemory;
            return (written[from..to], written[..to]);
        }
    }

    private void Append(StreamEvent next)
    {
        _position = next.Number;
        if (!next.IsOfOneTextWith(_sample))
            return;
        FrameWriter.WriteEscaped(_escaped, next.Text.Span);
        _marks.Add((next.Number, _escaped.WrittenCount));
    }

    private int LengthAt(long number)
    {
        var (low, high) = (0, _marks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_marks[middle].Number <= number)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? 0 : _marks[low - 1].Length;
    }
}
