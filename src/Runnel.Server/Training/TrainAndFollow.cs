using Runnel.Server.Auth;
using Runnel.Server.Hosting;
using Runnel.Server.Streaming;
using Runnel.Server.Training.Accepting;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Progress;
using Runnel.Streams.AspNetCore;

namespace Runnel.Server.Training;

/// <summary><c>POST /digital-humans/train/stream</c>: tells a digital human something and follows the round to its end, in one
/// response.</summary>
internal static class TrainAndFollow
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/digital-humans/train/stream", HandleAsync).Produces<string>(200, "text/event-stream");

    private static async Task HandleAsync(
        HttpContext http, TrainRequest? request, IServiceScopeFactory scopes, StreamAnswer answer)
    {
        // Before the message is accepted: a client that cannot follow sends again later, and the round begins then.
        if (request?.DigitalHumanId is { } named && !SseRequest.TryReadStart(http.Request, TrainingStreams.Of(named), out _))
        {
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        using var place = await answer.TryEnterAsync(http);
        if (place is null)
            return;
        var result = await AcceptAsync(http, request, scopes);
        if (result.Round is not { } round)
        {
            await result.Refused!.ExecuteAsync(http);
            return;
        }

        var human = request!.DigitalHumanId!.Value;
        if (!FollowStart.TryChoose(
            http.Request, TrainingStreams.Of(human), round.Before, round.EndedAt, result.IsRepeat, out var start))
        {
            await StreamProblems.InvalidCursor().ExecuteAsync(http);
            return;
        }

        // What the rounds before it have to say is not an answer to this request.
        var its = new OneRound(round.RoundId);
        await answer.RunAsync(http, TrainingStreams.Follow(human), start, its.IsEndedBy, its.Has);
    }

    /// <summary>In a scope of its own, which is gone before the stream is followed.</summary>
    private static async Task<Acceptance> AcceptAsync(
        HttpContext http, TrainRequest? request, IServiceScopeFactory scopes)
    {
        if (request is null)
            return Problems.MalformedBody("Send a JSON object with the members digital_human_id and message.");
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RoundIntake>().AcceptAsync(
            CurrentUser.Of(http.User).Id,
            request,
            Languages.Of(http.Request.Headers.AcceptLanguage, request.Message),
            http.RequestAborted);
    }
}
