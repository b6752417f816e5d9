using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Pages;
using Runnel.Streams.Live;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}/events</c>: the events of a conversation as JSON, on the same cursor as the
/// stream, for clients behind proxies that hold streams back.</summary>
internal static class ReadEvents
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/{threadId}/events", HandleAsync);

    private static async Task HandleAsync(
        HttpContext http,
        string threadId,
        IServiceScopeFactory scopes,
        SseStreams streams,
        int limit = 100,
        double wait_seconds = 0)
    {
        var owner = CurrentUser.Of(http.User).Id;
        var stream = ConversationStreams.Of(threadId);
        if (limit is < 1 or > EventPageRequest.MaxLimit)
            await Problems.BadRequest("invalid_limit", $"limit is between 1 and {EventPageRequest.MaxLimit}.").ExecuteAsync(http);
        else if (!(wait_seconds >= 0 && wait_seconds <= EventPageRequest.MaxWait.TotalSeconds))
            await Problems.BadRequest("invalid_wait", "wait_seconds is between 0 and 30.").ExecuteAsync(http);
        else if (!await OwnConversations.ExistsAsync(scopes, owner, threadId, http.RequestAborted))
            await ConversationProblems.NotFound().ExecuteAsync(http);
        else if (!SseRequest.TryReadStart(http.Request, stream, out var start))
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
        else
        {
            await streams.TryWritePageAsync(http, new EventPageRequest
            {
                Stream = stream,
                Start = start == StartPosition.Now ? StartPosition.Oldest : start,
                Limit = limit,
                Wait = TimeSpan.FromSeconds(wait_seconds),
                Describe = writer => writer.WriteString("thread_id", threadId),
            });
        }
    }
}
