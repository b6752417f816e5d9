using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>What a commit adds to one stream: a run of its own events, or of references. It is a segment in the making.</summary>
/// <param name="first">The number of its first entry.</param>
internal sealed class Piece(long first)
{
    public long First => first;

    /// <summary>Events of the stream's own; null where there are references.</summary>
    public List<NewEvent>? Events { get; init; }

    /// <summary>Runs of events of other streams, whose ids are known once their rows are made.</summary>
    public List<(PlannedStream Home, long First, int Count)>? Homes { get; init; }

    public long Last => first - 1 + (Events?.Count ?? Homes!.Sum(run => run.Count));

    public byte[] Encode()
    {
        if (Events is not null)
            return SegmentCodec.Write(Events);
        var runs = new List<Reference>();
        foreach (var (home, number, count) in Homes!)
            Reference.Add(runs, new Reference(home.Id, number, count));
        return SegmentCodec.Write(runs);
    }
}
