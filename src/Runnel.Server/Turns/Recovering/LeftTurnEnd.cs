using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Metrics;
using Runnel.Server.Models;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Ends a turn that was left, with all the text that any client can have seen, since that is in the log.</summary>
internal sealed class LeftTurnEnd(IEventStreams streams, TurnMetrics metrics, TimeProvider time)
{
    private const int PageBytes = 256 * 1024;

    /// <summary>False when it was told to end otherwise meanwhile, or has ended.</summary>
    public async Task<bool> TryWriteAsync(LeftTurn left, CancellationToken cancellationToken)
    {
        var (content, reasoning) = await ReadTextAsync(left, cancellationToken);
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

    private async Task<(string Content, string Reasoning)> ReadTextAsync(LeftTurn left, CancellationToken cancellationToken)
    {
        var view = new ConversationView();
        var (after, stream) = (left.StartedAfter, ConversationStreams.Of(left.ThreadId));
        IReadOnlyList<LogEntry> page;
        while ((page = await streams.ReadAsync(stream, after, PageBytes, cancellationToken)).Count > 0)
        {
            foreach (var entry in page)
                view.Apply(entry);
            after = page[^1].Number;
        }

        return view.Find(left.TurnId) is { } shown ? (shown.Content, shown.Reasoning) : ("", "");
    }
}
