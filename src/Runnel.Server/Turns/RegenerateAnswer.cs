using Runnel.Server.Auth;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Accepting;

namespace Runnel.Server.Turns;

/// <summary><c>POST /conversations/{thread_id}/messages/{message_id}/regenerate</c>: another answer beside this one, to the same
/// message.</summary>
internal static class RegenerateAnswer
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations/{threadId}/messages/{messageId}/regenerate", HandleAsync)
            .Produces<SendMessage.Response>(202)
            .Produces<SendMessage.Response>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        string messageId,
        CurrentUser user,
        RunnelDbContext database,
        TurnIntake intake,
        CancellationToken cancellationToken,
        Request? request = null)
    {
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        if (MessageRules.CheckManner(request?.ClientMessageId, request?.WhenBusy) is { } refused)
            return refused;
        if (await OneMessage.FindAsync(database, threadId, messageId, cancellationToken) is not { } answer)
            return ConversationProblems.MessageNotFound();
        if (answer.Role != "assistant")
        {
            return Problems.Invalid(
                "not_an_answer", "This is a message of a person. Name the answer to it, or edit the message.");
        }

        if (await OneMessage.FindAsync(database, threadId, answer.ParentId!, cancellationToken) is not { } question)
            return ConversationProblems.MessageNotFound();
        var opening = TurnOpening.AnswerAgain(question.MessageId, question.Content);
        return SendMessage.Answer(await intake.AcceptAsync(
            new NewTurn(user.Id, threadId, opening)
            {
                ClientMessageId = request?.ClientMessageId,
                WhenBusy = MessageRules.Policy(request?.WhenBusy),
                Model = request?.Model,
            },
            cancellationToken));
    }

    internal sealed record Request(string? ClientMessageId, string? WhenBusy, string? Model);
}
