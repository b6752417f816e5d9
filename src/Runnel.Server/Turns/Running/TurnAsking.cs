using Runnel.Server.Answering;
using Runnel.Server.Models;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks what a turn is about: its branch of the conversation, as much of it as a model may be given, of who is to
/// answer.</summary>
internal sealed class TurnAsking(Asking asking, ModelContext context)
{
    /// <inheritdoc cref="Asking.AskAsync"/>
    public Task AskAsync(Turn turn, IAnswerLog turnLog, AnswerProgress run, CancellationToken interrupt)
    {
        // Read with the first attempt, and the same for all.
        Character? character = null;
        return asking.AskAsync(new Question(turn.TurnId, turn.Model, ReadAsync), turnLog, run, interrupt);

        async Task<Prompt> ReadAsync(ConfiguredModel model, CancellationToken cancellationToken)
        {
            if (turn.DigitalHumanId is { } human)
                character ??= await context.ReadCharacterAsync(turn.OwnerId, human, cancellationToken);
            return await context.ReadAsync(
                turn.ThreadId, turn.UserMessageId, character, model.ContextTokens, cancellationToken);
        }
    }
}
