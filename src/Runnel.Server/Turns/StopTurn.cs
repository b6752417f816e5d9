using Runnel.Server.Auth;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Stopping;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/{thread_id}/stop</c>: stops the running turn, or the named one.</summary>
internal static class StopTurn
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations/{threadId}/stop", HandleAsync).Produces<StoppedTurn>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        CurrentUser user,
        RunnelDbContext database,
        TurnStop stop,
        CancellationToken cancellationToken,
        StopRequest? request = null)
    {
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        var stopped = await stop.StopAsync(threadId, request ?? new StopRequest(null, null), cancellationToken);
        return stopped is not null
            ? Results.Ok(stopped)
            : Problems.NotFound("turn_not_found", "There is no such turn in this conversation. Check turn_id and client_message_id.");
    }
}
