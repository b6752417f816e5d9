using Runnel.Server.Auth;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>POST /conversations/{thread_id}/branch</c>: makes a message's branch the active one, down to the newest message
/// that follows it.</summary>
internal static class SwitchBranch
{
    /// <summary>How often a message may come in between; each time there is a newer leaf to take.</summary>
    private const int MaxTries = 5;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations/{threadId}/branch", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        Request? request,
        CurrentUser user,
        RunnelDbContext database,
        ConversationChange changes,
        CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is not { } found)
                return ConversationProblems.NotFound();
            var tree = await MessageTree.ReadAsync(database, threadId, cancellationToken);
            if (request?.MessageId is not { } messageId || !tree.Has(messageId))
                return ConversationProblems.MessageNotFound();
            if (found.RunningTurnId is not null)
                break;
            var leaf = tree.NewestLeaf(messageId);
            var change = new ConversationUpdated(threadId) { ActiveMessageId = leaf };
            if (await changes.TryAsync(user.Id, change, ActiveBranch.Set(threadId, user.Id, leaf)))
                return Results.Ok(new Response(threadId, leaf));
        }

        return Problems.Conflict(
            "turn_running", "An answer is being written in this conversation. Wait for its end, then change the branch.");
    }

    internal sealed record Request(string? MessageId);

    private sealed record Response(string ThreadId, string ActiveMessageId);
}
