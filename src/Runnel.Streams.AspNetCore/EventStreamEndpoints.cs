using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Places;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore;

/// <summary>Endpoints for applications of your own.</summary>
public static class EventStreamEndpoints
{
    /// <summary>
    /// Serves a stream of the log at each path of a pattern: <c>/jobs/{id}/events</c> serves, at <c>/jobs/42/events</c>, the
    /// stream named <c>jobs/42/events</c>. Everybody who gets past the endpoint's authorisation may read it. Unknown
    /// streams answer 404, malformed cursors and those of another stream 400, and a cursor at the end of a stream that has
    /// ended 204. While the server stops, or the user (<see cref="ClaimTypes.NameIdentifier"/>) or all together have too many
    /// open (<see cref="SseOptions.Streams"/>), a client with <c>Authorization</c> gets 503 or 429 with <c>Retry-After</c>, any
    /// other the event <c>server_draining</c> or <c>server_busy</c>.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="pattern">A route pattern.</param>
    /// <param name="nameOf">Which stream a request means; null for 404. By default the path.</param>
    /// <returns>For conventions, such as <c>RequireAuthorization</c>.</returns>
    public static IEndpointConventionBuilder MapEventStream(
        this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, StreamName?>? nameOf = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Serve);

        async Task Serve(HttpContext http)
        {
            if ((nameOf ?? PathOf)(http) is not { } stream)
                await RefuseAsync(http, StatusCodes.Status404NotFound, "stream_not_found", "There is no such stream.");
            else
                await FollowAsync(http, stream);
        }
    }

    private static async Task FollowAsync(HttpContext http, StreamName stream)
    {
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
        {
            await RefuseAsync(
                http, StatusCodes.Status400BadRequest, "invalid_cursor", "The cursor is malformed or of another stream.");
            return;
        }

        var sse = http.RequestServices.GetRequiredService<SseStreams>();
        var reader = http.User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        using var place = http.RequestServices.GetRequiredService<StreamPlaces>().TryTake(reader);
        if (sse.IsDraining || place is null)
        {
            await TurnAwayAsync(http, sse);
            return;
        }

        var request = new EventStreamRequest
        {
            Stream = stream,
            Start = start,
            Accumulated = SseRequest.WantsAccumulated(http.Request),
            Pings = SseRequest.WantsPings(http.Request),
        };
        if (!await sse.TryRunAsync(http, request))
            await RefuseAsync(http, StatusCodes.Status404NotFound, "stream_not_found", "There is no such stream.");
    }

    /// <summary>For a reason that passes.</summary>
    private static Task TurnAwayAsync(HttpContext http, SseStreams sse)
    {
        if (!SseRequest.CanReadStatus(http.Request))
            return sse.RefuseAsync(http, busy: !sse.IsDraining);
        http.Response.Headers.RetryAfter = "2";
        return sse.IsDraining
            ? RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "draining", "The server is restarting.")
            : RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too_many_streams", "Too many streams are open.");
    }

    private static StreamName? PathOf(HttpContext http) =>
        StreamName.TryCreate(http.Request.Path.Value?.Trim('/'), out var name) ? name : null;

    private static Task RefuseAsync(HttpContext http, int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code })
            .ExecuteAsync(http);
}
