using Runnel.Server.Auth;
using Runnel.Server.Hosting;
using Runnel.Server.Turns.Accepting;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/send</c>: the message of one turn.</summary>
internal static class SendMessage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/conversations/send", HandleAsync).Produces<Response>(202).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        SendRequest? request, CurrentUser user, TurnIntake intake, CancellationToken cancellationToken)
    {
        if (request is null)
            return Problems.MalformedBody("Send a JSON object with the member message.");
        var result = await intake.AcceptAsync(user.Id, request, cancellationToken);
        return Answer(result);
    }

    /// <summary>What every request for a turn is answered.</summary>
    internal static IResult Answer(Intake result) => result.Refused ?? Answer(result.Turn!, result.IsRepeat);

    private static IResult Answer(AcceptedTurn turn, bool isRepeat) => Results.Json(
        new Response(
            turn.ThreadId,
            turn.TurnId,
            turn.UserMessageId,
            turn.MessageId,
            turn.Before.ToString(),
            turn.OwnerBefore.ToString(),
            turn.Status,
            turn.QueuePosition,
            $"/api/v1/conversations/{turn.ThreadId}/stream"),
        statusCode: isRepeat ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);

    internal sealed record Response(
        string ThreadId,
        string TurnId,
        string UserMessageId,
        string MessageId,
        string Cursor,
        string UserCursor,
        string Status,
        int QueuePosition,
        string StreamUrl);
}
