using Runnel.Server.Answering;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks what a turn is about: its branch of the conversation, as much of it as a model may be given, of who is to
/// answer.</summary>
internal sealed class TurnAsking(Asking asking, ModelContext context, IServerDatabase database, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc cref="Asking.AskAsync"/>
    public Task AskAsync(Turn turn, TurnLog turnLog, AnswerProgress run, CancellationToken interrupt)
    {
        // Read with the first attempt, and the same for all.
        Character? character = null;
        return asking.AskAsync(new Question(turn.TurnId, turn.Model, ReadAsync), turnLog, run, interrupt);

        async Task<Prompt> ReadAsync(ConfiguredModel model, CancellationToken cancellationToken)
        {
            while (true)
            {
                try
                {
                    return await ReadOnceAsync(model, cancellationToken);
                }
                catch (Exception away) when (database.IsFault(away))
                {
                    // The turn was accepted: while the database is away it waits, as its readers do. Not all ask again at once.
                    await Task.Delay(RetryAfter * (1 + Random.Shared.NextDouble()), time, cancellationToken);
                }
            }
        }

        async Task<Prompt> ReadOnceAsync(ConfiguredModel model, CancellationToken cancellationToken)
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
