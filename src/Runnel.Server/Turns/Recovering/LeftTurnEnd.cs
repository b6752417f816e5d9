using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Metrics;
using Runnel.Server.Models;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Ends a turn that was left, with all the text that any client can have seen, since that is in the log.</summary>
internal sealed class LeftTurnEnd(IEventStreams streams, LeftText text, TurnMetrics metrics, TimeProvider time)
{
    /// <summary>False when it was told to end otherwise meanwhile, or has ended.</summary>
    public async Task<bool> TryWriteAsync(LeftTurn left, CancellationToken cancellationToken)
    {
        var shown = await text.ReadAsync(left, cancellationToken);
        var (content, reasoning) = (shown?.Content ?? "", shown?.Reasoning ?? "");
        var turn = new Turn(
            left.TurnId, left.ThreadId, left.OwnerId, left.UserMessageId, left.MessageId,
            new ConfiguredModel(left.Model, ModelKind.OpenAI, left.Model, null!))
        {
            HasOwnMessage = left.OwnMessages > 0,
        };
        var usage = new Usage(0, TokenEstimate.Of(content + reasoning), Estimated: true);
        var turnLog = new TurnLog(streams, turn, time, cancellationToken);
        var isEnded = await turnLog.TryEndAsync(left.EndRequested is { } status
            ? TurnEnding.Of(turn, status, Stopped(turn, content, usage, left), reasoning)
            : TurnEnding.Of(TurnState.Interrupted, Interrupted(turn, content), reasoning, usage));
        if (isEnded && left.EndRequested is null)
            metrics.EndForeign(TurnState.Interrupted, TurnFailure.Interrupted.Code);
        else if (isEnded)
            metrics.EndForeign(TurnState.Stopped, code: null);
        return isEnded;
    }

    /// <summary>Somebody had stopped it before the process died.</summary>
    private static AiResponseComplete Stopped(Turn turn, string content, Usage usage, LeftTurn left) => new(
        turn.ThreadId, turn.TurnId, turn.MessageId, content, TurnState.Stopped, usage, turn.Model.Model,
        DurationMs: 0, FirstTokenMs: null, KnowledgeUsed: UsedFacts.Read(left.KnowledgeUsed));

    private static ConversationError Interrupted(Turn turn, string content)
    {
        var failure = TurnFailure.Interrupted;
        return new ConversationError(
            turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, content);
    }
}
