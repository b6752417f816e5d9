using Runnel.Server.Answering;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Models;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks what a turn is about: its branch of the conversation, as much of it as a model may be given, of who is to
/// answer.</summary>
internal sealed class TurnAsking(Asking asking, ModelContext context)
{
    /// <inheritdoc cref="Asking.AskAsync"/>
    public Task AskAsync(Turn turn, TurnLog turnLog, AnswerProgress run, CancellationToken interrupt)
    {
        // Read with the first attempt, and the same for all.
        Character? character = null;
        return asking.AskAsync(new Question(turn.TurnId, turn.Model, ReadAsync), turnLog, run, interrupt);

        async Task<Prompt> ReadAsync(ConfiguredModel model, CancellationToken cancellationToken)
        {
            var question = new MessagePlace(turn.ThreadId, turn.UserMessageId);
            if (turn.DigitalHumanId is { } human)
                character ??= await context.ReadCharacterAsync(turn.OwnerId, human, question, cancellationToken);
            var request = await context.ReadAsync(question, character, model.ContextTokens, cancellationToken);
            turnLog.Uses([.. request.Given.Select(Used)]);
            return request.Prompt;
        }
    }

    private static UsedFact Used(KnownFact fact) =>
        new(fact.Id, fact.Kind == KnowledgeKind.Node ? "node" : "edge", fact.MessageId);
}
