using Runnel.Server.Auth;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Hosting;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Live;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/{thread_id}/stream</c>: sends a message and follows its turn to the end, in one response.</summary>
internal static class SendAndFollow
{
    private const string NewThread = "new";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{threadId}/stream", HandleAsync);

    private static async Task HandleAsync(
        HttpContext http, string threadId, SendRequest? request, IServiceScopeFactory scopes, StreamAnswer answer)
    {
        var result = await AcceptAsync(http, threadId, request, scopes);
        if (result.Turn is not { } turn)
        {
            await result.Refused!.ExecuteAsync(http);
            return;
        }

        var stream = ConversationStreams.Of(turn.ThreadId);
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
        {
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        // A client that comes back with its cursor sends the same message again and goes on where it was.
        if (start == StartPosition.Now || !result.IsRepeat)
            start = StartPosition.AfterCursor(turn.Before);
        await answer.RunAsync(
            http, stream, turn.ThreadId, start, next => ConversationEvents.EndedTurn(next) == turn.TurnId);
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
