using Runnel.Server.Auth;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}</c>.</summary>
internal static class ReadConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{threadId}", HandleAsync).Produces<ConversationItem>();

    private static async Task<IResult> HandleAsync(
        string threadId, CurrentUser user, RunnelDbContext database, CancellationToken cancellationToken) =>
        await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is { } conversation
            ? Results.Ok(ConversationItem.From(conversation))
            : ConversationProblems.NotFound();
}
