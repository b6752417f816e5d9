using Runnel.Server.Answering;
using Runnel.Server.Models;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks what a turn is about: its branch of the conversation, as much of it as a model may be given.</summary>
internal sealed class TurnAsking(Asking asking, ModelContext context)
{
    /// <inheritdoc cref="Asking.AskAsync"/>
    public Task AskAsync(Turn turn, IAnswerLog turnLog, AnswerProgress run, CancellationToken interrupt)
    {
        return asking.AskAsync(new Question(turn.TurnId, turn.Model, ReadAsync), turnLog, run, interrupt);

        async Task<Prompt> ReadAsync(ConfiguredModel model, CancellationToken cancellationToken) => new(
            await context.ReadAsync(turn.ThreadId, turn.UserMessageId, model.ContextTokens, cancellationToken));
    }
}
