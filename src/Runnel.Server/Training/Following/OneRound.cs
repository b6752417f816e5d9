using Runnel.Server.Training.Events;
using Runnel.Streams.Events;

namespace Runnel.Server.Training.Following;

/// <summary>Tells the events of one round from those of others. For one reader.</summary>
internal sealed class OneRound(string roundId)
{
    private ReadOnlyMemory<byte> _lastData;
    private bool _wasOfIt;

    public bool Has(StreamEvent next)
    {
        // Pieces of one question share their data, so that it is read once and not for every one.
        if (next.IsDelta && next.Data.Equals(_lastData))
            return _wasOfIt;
        (_lastData, _wasOfIt) = (next.Data, TrainingEvents.RoundOf(next) == roundId);
        return _wasOfIt;
    }

    public bool IsEndedBy(StreamEvent next) => TrainingEvents.EndedRound(next) == roundId;
}
