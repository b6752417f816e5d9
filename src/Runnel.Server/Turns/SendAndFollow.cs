using Runnel.Server.Auth;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Hosting;
using Runnel.Server.Streaming;
using Runnel.Server.Turns.Accepting;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/{thread_id}/stream</c>: sends a message and follows its turn to the end, in one response.</summary>
internal static class SendAndFollow
{
    private const string NewThread = "new";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations/{threadId}/stream", HandleAsync).Produces<string>(200, "text/event-stream");

    private static async Task HandleAsync(
        HttpContext http, string threadId, SendRequest? request, IServiceScopeFactory scopes, StreamAnswer answer)
    {
        // Before the message is accepted, unless the stream is not known yet.
        if (threadId != NewThread
            && ConversationStreams.TryOf(threadId, out var named)
            && !SseRequest.TryReadStart(http.Request, named, out _))
        {
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        // Also before: a client that cannot follow sends again later, and the turn begins then.
        using var place = await answer.TryEnterAsync(http);
        if (place is null)
            return;
        var result = await AcceptAsync(http, threadId, request, scopes);
        if (result.Turn is not { } turn)
            await result.Refused!.ExecuteAsync(http);
        else if (!FollowStart.TryChoose(
            http.Request, ConversationStreams.Of(turn.ThreadId), turn.Before, turn.EndedAt, result.IsRepeat, out var start))
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
        else
            await answer.RunAsync(http, ConversationStreams.Follow(turn.ThreadId), start, EndOf(turn));
    }

    private static Func<StreamEvent, bool> EndOf(AcceptedTurn turn) =>
        next => ConversationEvents.EndedTurn(next) == turn.TurnId;

    /// <summary>In a scope of its own, which is gone before the stream is followed.</summary>
    private static async Task<Intake> AcceptAsync(
        HttpContext http, string threadId, SendRequest? request, IServiceScopeFactory scopes)
    {
        if (request is null)
            return Problems.MalformedBody("Send a JSON object with the member message.");
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TurnIntake>().AcceptAsync(
            CurrentUser.Of(http.User).Id,
            request with { ThreadId = threadId == NewThread ? null : threadId },
            http.RequestAborted);
    }
}
