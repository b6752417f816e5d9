using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Gates;
using Runnel.Server.Streaming;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}/stream</c>: the events of one conversation.</summary>
internal static class FollowConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapMethods("/conversations/{threadId}/stream", ["GET", "HEAD"], HandleAsync)
            .Produces<string>(200, "text/event-stream")
            .WithMetadata(EventStreamMark.Instance);

    private static async Task HandleAsync(
        HttpContext http, string threadId, IServiceScopeFactory scopes, StreamAnswer answer)
    {
        var owner = CurrentUser.Of(http.User).Id;
        if (await OwnConversations.ExistsAsync(scopes, owner, threadId, http.RequestAborted))
            await answer.RunAsync(http, ConversationStreams.Follow(threadId));
        else if (await DeletedConversations.HasAsync(scopes, owner, threadId, http.RequestAborted))
            // The one status after which an EventSource does not come back.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await ConversationProblems.NotFound().ExecuteAsync(http);
    }
}
