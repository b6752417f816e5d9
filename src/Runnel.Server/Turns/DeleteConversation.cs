using Runnel.Server.Auth;
using Runnel.Server.Conversations;
using Runnel.Server.Turns.Deleting;

namespace Runnel.Server.Turns;

/// <summary><c>DELETE /conversations/{thread_id}</c>: stops its turns and leaves nothing of it.</summary>
internal static class DeleteConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/conversations/{threadId}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        string threadId, CurrentUser user, ConversationDeletion deletion, CancellationToken cancellationToken) =>
        await deletion.DeleteAsync(user.Id, threadId, cancellationToken)
            ? Results.NoContent()
            : ConversationProblems.NotFound();
}
