using Runnel.Server.Auth;
using Runnel.Server.Gates;
using Runnel.Server.Hosting;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Places;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Server.Streaming;

/// <summary>Answers a request with a stream that the caller may read: what every follow endpoint has in common.</summary>
internal sealed class StreamAnswer(SseStreams sse, ReaderPlaces places, IEventStreams streams)
{
    /// <summary>Follows from where the client asks.</summary>
    public async Task RunAsync(HttpContext http, FollowedStream followed)
    {
        if (!SseRequest.TryReadStart(http.Request, followed.Name, out var start))
        {
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        using var place = await TryEnterAsync(http);
        if (place is null)
            return;
        if (followed.Note is { } note)
            await note(http.RequestAborted);
        await RunAsync(http, followed, start, endsAfter: null);
    }

    /// <summary>Takes one of the caller's places; null, with the answer written, where none is free or the server stops.</summary>
    public async Task<StreamPlace?> TryEnterAsync(HttpContext http)
    {
        var place = sse.IsDraining ? null : await places.TryTakeAsync(CurrentUser.Of(http.User).Id, http.RequestAborted);
        if (place is null && SseRequest.CanReadStatus(http.Request))
            await (sse.IsDraining ? Problems.Draining() : StreamProblems.TooManyStreams()).ExecuteAsync(http);
        else if (place is null)
            await sse.RefuseAsync(http, busy: !sse.IsDraining);
        return place;
    }

    /// <summary>Follows from a position, to an event or without end; all events, or some. The caller has a place.</summary>
    public async Task RunAsync(
        HttpContext http,
        FollowedStream followed,
        StartPosition start,
        Func<StreamEvent, bool>? endsAfter,
        Func<StreamEvent, bool>? shows = null)
    {
        using var credential = CredentialLife.Of(http);
        var request = new EventStreamRequest
        {
            Stream = followed.Name,
            Start = start,
            Accumulated = SseRequest.WantsAccumulated(http.Request),
            Pings = SseRequest.WantsPings(http.Request),
            Describe = followed.Describe,
            EndsAfter = endsAfter,
            Shows = shows,
            Revoked = credential.Ended,
            AllowedUntil = credential.ExpiresAt,
        };
        try
        {
            if (await sse.TryRunAsync(http, request))
                return;
            if (!await TryMakeAsync(followed) || !await sse.TryRunAsync(http, request))
                // The one status after which an EventSource does not come back.
                http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (StoreUnavailableException) when (!http.Response.HasStarted && !SseRequest.CanReadStatus(http.Request))
        {
            await sse.RefuseAsync(http, busy: true);
        }
    }

    private async Task<bool> TryMakeAsync(FollowedStream followed)
    {
        if (followed.Make is null)
            return false;
        try
        {
            await streams.AppendAsync(followed.Make);
            return true;
        }
        catch (ParticipantRefusedException)
        {
            return false;
        }
    }
}
