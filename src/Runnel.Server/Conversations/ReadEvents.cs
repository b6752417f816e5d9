using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Streaming;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Pages;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}/events</c>, and <c>GET /conversations/events</c> for all of the caller's: the
/// events as JSON, on the same cursor as the stream, for clients behind proxies that hold streams back.</summary>
internal static class ReadEvents
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{threadId}/events", HandleAsync).Produces<JsonElement>();
        api.MapGet("/conversations/events", HandleAllAsync).Produces<JsonElement>();
    }

    private static async Task HandleAsync(
        HttpContext http,
        string threadId,
        IServiceScopeFactory scopes,
        SseStreams streams,
        [FromQuery(Name = "limit")] string? askedLimit = null,
        [FromQuery(Name = "wait_seconds")] string? askedWait = null)
    {
        var owner = CurrentUser.Of(http.User).Id;
        if (await TryReadBoundsAsync(http, askedLimit, askedWait) is not { } bounds)
            return;
        if (!await OwnConversations.ExistsAsync(scopes, owner, threadId, http.RequestAborted))
            await ConversationProblems.NotFound().ExecuteAsync(http);
        else
            await AnswerAsync(http, streams, ConversationStreams.Of(threadId), threadId, bounds);
    }

    private static async Task HandleAllAsync(
        HttpContext http,
        SseStreams streams,
        OwnerStreamUse use,
        [FromQuery(Name = "limit")] string? askedLimit = null,
        [FromQuery(Name = "wait_seconds")] string? askedWait = null)
    {
        if (await TryReadBoundsAsync(http, askedLimit, askedWait) is not { } bounds)
            return;
        var owner = CurrentUser.Of(http.User).Id;
        await use.NoteAsync(owner, http.RequestAborted);
        await AnswerAsync(http, streams, ConversationStreams.OfOwner(owner), threadId: null, bounds);
    }

    /// <summary>Null where the request was refused.</summary>
    private static async Task<(int Limit, TimeSpan Wait)?> TryReadBoundsAsync(HttpContext http, string? askedLimit, string? askedWait)
    {
        if (!QueryNumbers.TryRead(askedLimit, 100, EventPageRequest.MaxLimit, out var limit))
            await ConversationProblems.InvalidLimit(EventPageRequest.MaxLimit).ExecuteAsync(http);
        else if (!QueryNumbers.TryReadSeconds(askedWait, EventPageRequest.MaxWait, out var wait))
            await Problems.BadRequest("invalid_wait", "wait_seconds is a number from 0 to 30.").ExecuteAsync(http);
        else
            return (limit, wait);
        return null;
    }

    private static async Task AnswerAsync(
        HttpContext http, SseStreams streams, StreamName stream, string? threadId, (int Limit, TimeSpan Wait) bounds)
    {
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
        {
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        using var credential = CredentialLife.Of(http);
        var isThere = await streams.TryWritePageAsync(http, new EventPageRequest
        {
            Stream = stream,
            Start = start == StartPosition.Now ? StartPosition.Oldest : start,
            Limit = bounds.Limit,
            Wait = credential.Within(bounds.Wait),
            Revoked = credential.Ended,
            Describe = writer => writer.WriteString("thread_id", threadId),
        });
        // Deleted a moment ago.
        if (!isThere)
            await ConversationProblems.NotFound().ExecuteAsync(http);
    }
}
