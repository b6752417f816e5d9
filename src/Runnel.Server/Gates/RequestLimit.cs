using System.Security.Claims;
using Runnel.Server.Hosting;
using Runnel.Streams.AspNetCore;

namespace Runnel.Server.Gates;

/// <summary>
/// Requests to the API per minute: of an account, or, where nobody is signed in, of an address. A neighbour behind the same
/// address who is not signed in takes nothing from those who are. A stream counts once, when it is opened.
/// </summary>
internal sealed class RequestLimit(Allowances allowances, SseStreams streams)
{
    public Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api") || allowances.Take(CallerOf(http)) is not { } wait)
            return next(http);
        // An EventSource would take any status but 200 for the end of all.
        return IsEventSource(http)
            ? streams.RefuseAsync(http, busy: true)
            : Problems.TooMany("too_many_requests", "Too many requests. Wait, then try again.", wait).ExecuteAsync(http);
    }

    private static bool IsEventSource(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<EventStreamMark>() is not null
        && HttpMethods.IsGet(http.Request.Method)
        && !SseRequest.CanReadStatus(http.Request);

    private static string CallerOf(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account
            ? "account " + account
            : "address " + CallerNetwork.Of(http.Connection.RemoteIpAddress);
}
