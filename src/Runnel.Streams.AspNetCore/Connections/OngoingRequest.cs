using Microsoft.AspNetCore.Http;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>A request that anybody may abort while it lasts. Afterwards its context is no more, or the next request's.
/// Thread-safe.</summary>
internal sealed class OngoingRequest(HttpContext http)
{
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Cuts the connection, unless the response has ended meanwhile.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            if (!_isOver)
                http.Abort();
        }
    }

    /// <summary>Says that the response has ended.</summary>
    public void End()
    {
        lock (_gate)
            _isOver = true;
    }
}
