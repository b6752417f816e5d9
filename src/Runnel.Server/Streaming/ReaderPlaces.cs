using Runnel.Server.Gates;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Streaming;

/// <summary>Gives readers places for their streams: of those that they may have at all servers together. Thread-safe.</summary>
internal sealed class ReaderPlaces(StreamPlaces places, StreamsElsewhere elsewhere)
{
    /// <summary>Takes a place until it is disposed; null when there is none.</summary>
    public async ValueTask<StreamPlace?> TryTakeAsync(string reader, CancellationToken cancellationToken)
    {
        if (places.TryTake(reader) is not { } place)
            return null;
        var isTaken = false;
        try
        {
            isTaken = await elsewhere.LeaveRoomAsync(reader, cancellationToken);
            return isTaken ? place : null;
        }
        finally
        {
            if (!isTaken)
                place.Dispose();
        }
    }
}
