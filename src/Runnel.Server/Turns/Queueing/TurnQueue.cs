using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Queueing;

/// <summary>Runs the turns of a conversation one after the other: when one has ended, the next begins. Thread-safe.</summary>
internal sealed partial class TurnQueue(
    RunningTurns running,
    IServiceScopeFactory scopes,
    IEventStreams streams,
    ModelCatalog models,
    TimeProvider time,
    ILogger<TurnQueue> log)
{
    /// <summary>Lets a turn run that has a place; when it has ended, the next begins.</summary>
    public void Start(Turn turn) => running.Start(turn, ended => AdvanceAsync(ended.ThreadId));

    /// <summary>Begins the next turn where none runs. Whoever ends a turn, and whoever has queued one, calls it: each of them
    /// may have been the last to come. When the server is stopping, turns stay queued for the next start.</summary>
    public Task AdvanceAsync(string threadId) => running.BeginNextAsync(
        async () => await TryBeginNextAsync(threadId) is { } next ? () => Start(next) : null,
        exception => CannotAdvance(log, threadId, exception));

    /// <summary>The turn that has begun; null when there is none to begin.</summary>
    private async Task<Turn?> TryBeginNextAsync(string threadId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        if (!await QueueState.HasAnyAsync(database, threadId, CancellationToken.None))
            return null;
        var state = await QueueState.ReadAsync(database, threadId, CancellationToken.None);
        if (state is null or { Running: not null } or { Queued.Count: 0 })
            return null;
        var next = state.Queued[0];
        var turn = new Turn(
            next.TurnId,
            threadId,
            state.Conversation.OwnerId,
            next.UserMessageId,
            next.MessageId,
            models.Find(next.ModelName) ?? models.Default)
        {
            DigitalHumanId = state.Conversation.DigitalHumanId,
            HasOwnMessage = next.HasOwnMessage,
        };
        var receipt = await streams.AppendAsync(Begin(turn, state));
        return turn with { BegunAt = receipt.Before.Number + 1 };
    }

    private Append Begin(Turn turn, QueueState state)
    {
        var now = time.GetUtcNow();
        var start = new AiResponseStart(
            turn.ThreadId, turn.TurnId, turn.MessageId, turn.DigitalHumanId, turn.Model.Model, Attempt: 1, now);
        return new Append(
            ConversationStreams.Of(turn.ThreadId),
            [ConversationEvents.From(start), .. QueueRows.Positions(turn.ThreadId, state.Queued.Skip(1), first: 1)])
        {
            Owner = ConversationStreams.OfOwner(turn.OwnerId),
            Participants =
            [
                QueueRows.Change(state),
                Statement.Of(
                    QueueRows.Refused,
                    "update conversations set running_turn_id = @turn where thread_id = @thread and running_turn_id is null",
                    new Dictionary<string, object?> { ["turn"] = turn.TurnId, ["thread"] = turn.ThreadId }),
                TurnState.Begin(turn.TurnId),
                .. TurnRows.Start(turn, now),
            ],
        };
    }

    [LoggerMessage(1, LogLevel.Error, "The next turn of conversation {ThreadId} cannot begin yet.")]
    private static partial void CannotAdvance(ILogger log, string threadId, Exception exception);
}
