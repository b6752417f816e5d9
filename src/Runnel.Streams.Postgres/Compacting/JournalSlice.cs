namespace Runnel.Streams.Postgres.Compacting;

/// <summary>Rows of the journal, taken apart by stream.</summary>
internal sealed class JournalSlice
{
    private const int SegmentBytes = 256 * 1024;

    private readonly Dictionary<long, List<(long First, ReadOnlyMemory<byte> Bytes)>> _pieces = [];
    private readonly List<long> _rowIds = [];

    public IReadOnlyList<long> RowIds => _rowIds;

    /// <summary>Of all rows.</summary>
    public long Bytes { get; private set; }

    public IEnumerable<long> StreamIds => _pieces.Keys;

    /// <summary>Adds a row; rows come in the order of their ids.</summary>
    public void Add(long id, long[] streams, long[] firsts, int[] starts, byte[] events)
    {
        _rowIds.Add(id);
        Bytes += events.Length;
        for (var i = 0; i < streams.Length; i++)
        {
            var end = i + 1 < starts.Length ? starts[i + 1] - 1 : events.Length;
            if (!_pieces.TryGetValue(streams[i], out var pieces))
                _pieces[streams[i]] = pieces = [];
            pieces.Add((firsts[i], events.AsMemory(starts[i] - 1, end - starts[i] + 1)));
        }
    }

    /// <summary>The segments that the pieces make, of streams that are there, without what they have given up.</summary>
    /// <param name="retained">The oldest number that each stream retains, by its id.</param>
    public IEnumerable<Segment> Join(IReadOnlyDictionary<long, long> retained)
    {
        foreach (var (stream, pieces) in _pieces)
        {
            if (!retained.TryGetValue(stream, out var oldest))
                continue;
            foreach (var joined in Join(pieces))
            {
                if (joined.Last >= oldest)
                    yield return joined.Encode(stream, oldest);
            }
        }
    }

    private static List<JoiningSegment> Join(List<(long First, ReadOnlyMemory<byte> Bytes)> pieces)
    {
        var joined = new List<JoiningSegment>();
        foreach (var (first, bytes) in pieces)
        {
            if (joined.Count > 0 && joined[^1].TryAdd(bytes, SegmentBytes))
                continue;
            joined.Add(new JoiningSegment(first));
            joined[^1].TryAdd(bytes, SegmentBytes);
        }

        return joined;
    }
}
