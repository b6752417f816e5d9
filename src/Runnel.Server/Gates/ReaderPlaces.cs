using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Gates;

/// <summary>Gives readers places for their streams: of those that they may have, at all servers together. Thread-safe.</summary>
internal sealed class ReaderPlaces(StreamPlaces places)
{
    /// <summary>Asks, with a place just taken, whether a reader has no more at all servers than they may. Set before the first stream
    /// where there are other servers, or never.</summary>
    public Func<string, CancellationToken, Task<bool>>? Ask { get; set; }

    /// <summary>Takes a place until it is disposed; null when there is none.</summary>
    public async ValueTask<StreamPlace?> TryTakeAsync(string reader, CancellationToken cancellationToken)
    {
        var place = places.TryTake(reader);
        if (place is null || Ask is null)
            return place;
        var isKept = false;
        try
        {
            isKept = await Ask(reader, cancellationToken);
            return isKept ? place : null;
        }
        finally
        {
            if (!isKept)
                place.Dispose();
        }
    }
}
