using Microsoft.AspNetCore.Http;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore;

/// <summary>What a client asks for in header and query.</summary>
public static class SseRequest
{
    /// <summary>Where to begin: <c>Last-Event-ID</c> (WHATWG HTML, 9.2.4), else <c>?after=</c>, else now. False for a cursor
    /// that is malformed or of another stream: answer 400.</summary>
    public static bool TryReadStart(HttpRequest request, StreamName stream, out StartPosition start)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = request.Headers["Last-Event-ID"].ToString();
        if (text.Length == 0)
            text = request.Query["after"].ToString();
        return StartPosition.TryParse(text, stream, out start);
    }

    /// <summary>Whether the client wants all of the text in every delta: yes, unless <c>?accumulated=false</c>.</summary>
    public static bool WantsAccumulated(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return !string.Equals(request.Query["accumulated"], "false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the client can read a status. An <c>EventSource</c> cannot: it sends no <c>Authorization</c> and gives up
    /// for ever on any status but 200, so what passes is said to it by <see cref="SseStreams.RefuseAsync"/>.</summary>
    public static bool CanReadStatus(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.Authorization.Count > 0
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
    }

    /// <summary>Whether the client wants <c>ping</c> events: <c>?heartbeat=event</c>.</summary>
    public static bool WantsPings(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return string.Equals(request.Query["heartbeat"], "event", StringComparison.OrdinalIgnoreCase);
    }
}
