using System.Text.Json;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Hosting;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Places;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations;

/// <summary>Answers a request with a stream that the caller may read: what every follow endpoint has in common.</summary>
internal sealed class StreamAnswer(SseStreams sse, StreamPlaces places, IEventStreams streams, OwnerStreamUse use)
{
    /// <summary>Follows from where the client asks.</summary>
    public async Task RunAsync(HttpContext http, StreamName stream, string? threadId)
    {
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
        {
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        using var place = await TryEnterAsync(http);
        if (place is null)
            return;
        if (ConversationStreams.OwnerIdOf(stream) is { } ownerId)
            await use.NoteAsync(ownerId, http.RequestAborted);
        await RunAsync(http, stream, threadId, start, endsAfter: null);
    }

    /// <summary>Takes one of the caller's places; null, with the answer written, where none is free or the server stops.</summary>
    public async Task<StreamPlace?> TryEnterAsync(HttpContext http)
    {
        var place = sse.IsDraining ? null : places.TryTake(CurrentUser.Of(http.User).Id);
        if (place is null && SseRequest.CanReadStatus(http.Request))
            await (sse.IsDraining ? Problems.Draining() : ConversationProblems.TooManyStreams()).ExecuteAsync(http);
        else if (place is null)
            await sse.RefuseAsync(http, busy: !sse.IsDraining);
        return place;
    }

    /// <summary>Follows from a position, to an event or without end. The caller has a place.</summary>
    public async Task RunAsync(
        HttpContext http, StreamName stream, string? threadId, StartPosition start, Func<StreamEvent, bool>? endsAfter)
    {
        using var credential = CredentialLife.Of(http);
        var request = new EventStreamRequest
        {
            Stream = stream,
            Start = start,
            Accumulated = SseRequest.WantsAccumulated(http.Request),
            Pings = SseRequest.WantsPings(http.Request),
            Describe = writer => Describe(writer, threadId),
            EndsAfter = endsAfter,
            Revoked = credential.Ended,
            AllowedUntil = credential.ExpiresAt,
        };
        try
        {
            if (await sse.TryRunAsync(http, request))
                return;
            // A conversation has a stream from its beginning: it was deleted just now.
            if (threadId is not null)
            {
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            // A user's stream begins with its first append; a reader may be there before.
            await streams.AppendAsync(new Append(stream));
            await sse.TryRunAsync(http, request);
        }
        catch (StoreUnavailableException) when (!http.Response.HasStarted && !SseRequest.CanReadStatus(http.Request))
        {
            await sse.RefuseAsync(http, busy: true);
        }
    }

    private static void Describe(Utf8JsonWriter writer, string? threadId) => writer.WriteString("thread_id", threadId);
}
