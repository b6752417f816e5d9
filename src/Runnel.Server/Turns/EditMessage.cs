using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Runnel.Server.Auth;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Accepting;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/{thread_id}/messages/{message_id}/edit</c>: a new version of a person's message beside it, and
/// an answer to that. What was said stays.</summary>
internal static class EditMessage
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations/{threadId}/messages/{messageId}/edit", HandleAsync)
            .Produces<SendMessage.Response>(202)
            .Produces<SendMessage.Response>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        string messageId,
        Request? request,
        CurrentUser user,
        RunnelDbContext database,
        TurnIntake intake,
        IOptions<LimitsOptions> limits,
        CancellationToken cancellationToken)
    {
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        if (request is null)
            return Problems.MalformedBody("Send a JSON object with the member message.");
        if ((MessageRules.CheckText(request.Message, limits.Value)
            ?? MessageRules.CheckManner(request.ClientMessageId, request.WhenBusy)) is { } refused)
            return refused;
        if (await OneMessage.FindAsync(database, threadId, messageId, cancellationToken) is not { } edited)
            return ConversationProblems.MessageNotFound();
        if (edited.Role != "user")
            return Problems.Invalid("not_a_user_message", "This is an answer. Name a message of a person, or regenerate the answer.");
        return SendMessage.Answer(await intake.AcceptAsync(
            new NewTurn(user.Id, threadId, TurnOpening.Edit(request.Message!, edited.ParentId))
            {
                ClientMessageId = request.ClientMessageId,
                WhenBusy = MessageRules.Policy(request.WhenBusy),
                Model = request.Model,
            },
            cancellationToken));
    }

    internal sealed record Request(
        [property: JsonConverter(typeof(TextConverter))] string? Message,
        string? ClientMessageId,
        string? WhenBusy,
        string? Model);
}
