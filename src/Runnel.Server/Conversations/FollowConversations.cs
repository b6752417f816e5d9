using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Gates;
using Runnel.Server.Streaming;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/stream</c>: every event of every conversation of the caller, in one connection.</summary>
internal static class FollowConversations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/conversations/stream", ["GET", "HEAD"], HandleAsync)
            .Produces<string>(200, "text/event-stream")
            .WithMetadata(EventStreamMark.Instance);

    private static Task HandleAsync(HttpContext http, StreamAnswer answer, OwnerStreamUse use)
    {
        var owner = CurrentUser.Of(http.User).Id;
        var followed = ConversationStreams.FollowOwner(owner) with { Note = token => use.NoteAsync(owner, token) };
        return answer.RunAsync(http, followed);
    }
}
