using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Streaming;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Pages;
using Runnel.Streams.Live;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}/events</c>: the events of a conversation as JSON, on the same cursor as the
/// stream, for clients behind proxies that hold streams back.</summary>
internal static class ReadEvents
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{threadId}/events", HandleAsync).Produces<JsonElement>();

    private static async Task HandleAsync(
        HttpContext http,
        string threadId,
        IServiceScopeFactory scopes,
        SseStreams streams,
        [FromQuery(Name = "limit")] string? askedLimit = null,
        [FromQuery(Name = "wait_seconds")] string? askedWait = null)
    {
        var owner = CurrentUser.Of(http.User).Id;
        if (!QueryNumbers.TryRead(askedLimit, 100, EventPageRequest.MaxLimit, out var limit))
            await ConversationProblems.InvalidLimit(EventPageRequest.MaxLimit).ExecuteAsync(http);
        else if (!QueryNumbers.TryReadSeconds(askedWait, EventPageRequest.MaxWait, out var wait))
            await Problems.BadRequest("invalid_wait", "wait_seconds is a number from 0 to 30.").ExecuteAsync(http);
        else if (!await OwnConversations.ExistsAsync(scopes, owner, threadId, http.RequestAborted))
            await ConversationProblems.NotFound().ExecuteAsync(http);
        else if (!SseRequest.TryReadStart(http.Request, ConversationStreams.Of(threadId), out var start))
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
        else
        {
            using var credential = CredentialLife.Of(http);
            await streams.TryWritePageAsync(http, new EventPageRequest
            {
                Stream = ConversationStreams.Of(threadId),
                Start = start == StartPosition.Now ? StartPosition.Oldest : start,
                Limit = limit,
                Wait = credential.Within(wait),
                Revoked = credential.Ended,
                Describe = writer => writer.WriteString("thread_id", threadId),
            });
        }
    }
}
