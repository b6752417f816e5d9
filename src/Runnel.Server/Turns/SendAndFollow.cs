using Runnel.Server.Auth;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Hosting;
using Runnel.Server.Turns.Accepting;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

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
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        // Also before: a client that cannot follow sends again later, and the turn begins then.
        using var place = await answer.TryEnterAsync(http);
        if (place is null)
            return;
        var result = await AcceptAsync(http, threadId, request, scopes);
        if (result.Turn is not { } turn)
            await result.Refused!.ExecuteAsync(http);
        else if (!TryPlace(http.Request, turn, result.IsRepeat, out var start))
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
        else
            await answer.RunAsync(http, ConversationStreams.Of(turn.ThreadId), turn.ThreadId, start, EndOf(turn));
    }

    private static Func<StreamEvent, bool> EndOf(AcceptedTurn turn) =>
        next => ConversationEvents.EndedTurn(next) == turn.TurnId;

    /// <summary>Where the response begins: before the turn, or, when a client comes back, sends the same message again and has
    /// a cursor, there. Whoever has seen its end already is told it once more: nothing else would end the response.</summary>
    private static bool TryPlace(HttpRequest request, AcceptedTurn turn, bool isRepeat, out StartPosition start)
    {
        start = StartPosition.AfterCursor(turn.Before);
        if (!isRepeat)
            return true;
        if (!SseRequest.TryReadStart(request, ConversationStreams.Of(turn.ThreadId), out var asked))
            return false;
        if (turn.EndedAt is { } end && asked.After is { } seen
            && (seen.Number >= end || seen.Generation != turn.Before.Generation))
            start = StartPosition.AfterCursor(turn.Before with { Number = end - 1 });
        else if (asked != StartPosition.Now)
            start = asked;
        return true;
    }

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
