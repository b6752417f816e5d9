using Microsoft.EntityFrameworkCore;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Metrics;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns;

/// <summary>Ends, when the server starts, the turns that a process which died left running: with all the text that any client
/// can have seen, since that is in the log. Then the turns that waited go on, in their order.</summary>
internal sealed partial class TurnRecovery(
    IServiceScopeFactory scopes,
    IEventStreams streams,
    TurnQueue queue,
    TurnMetrics metrics,
    TimeProvider time,
    ILogger<TurnRecovery> log) : IHostedService
{
    private const int PageBytes = 256 * 1024;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await FindAsync(cancellationToken);
        foreach (var row in left)
            await EndAsync(row, cancellationToken);
        if (left.Count > 0)
            Recovered(log, left.Count);
        foreach (var threadId in await FindWaitingAsync(cancellationToken))
            await queue.AdvanceAsync(threadId);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<Row>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Said twice: the index of what has not ended has both states, and is used for no less.
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<Row>($"""
                select turn_id as "TurnId", thread_id as "ThreadId", owner_id as "OwnerId",
                  (select knowledge_used from messages m where m.message_id = turns.message_id) as "KnowledgeUsed",
                  user_message_id as "UserMessageId", message_id as "MessageId", model as "Model",
                  started_after as "StartedAfter", end_requested as "EndRequested",
                  (select count(*) from messages m where m.message_id = user_message_id and m.turn_id = turns.turn_id)
                    as "OwnMessages"
                from turns where status in ('queued', 'running') and status = 'running'
                """)
            .ToListAsync(cancellationToken);
    }

    private async Task<List<string>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string>($"""select distinct thread_id as "Value" from turns where status = 'queued'""")
            .ToListAsync(cancellationToken);
    }

    private async Task EndAsync(Row row, CancellationToken cancellationToken)
    {
        var (content, reasoning) = await ReadTextAsync(row, cancellationToken);
        var turn = new Turn(
            row.TurnId, row.ThreadId, row.OwnerId, row.UserMessageId, row.MessageId,
            new ConfiguredModel(row.Model, ModelKind.OpenAI, row.Model, null!))
        {
            HasOwnMessage = row.OwnMessages > 0,
        };
        var usage = new Usage(0, TokenEstimate.Of(content + reasoning), Estimated: true);
        var turnLog = new TurnLog(streams, turn, time, cancellationToken);
        var isEnded = await turnLog.TryEndAsync(row.EndRequested is { } status
            ? TurnEnding.Of(turn, status, Stopped(turn, content, usage, row), reasoning)
            : TurnEnding.Of(TurnState.Interrupted, Interrupted(turn, content), reasoning, usage));
        if (isEnded && row.EndRequested is null)
            metrics.EndForeign(TurnState.Interrupted, TurnFailure.Interrupted.Code);
        else if (isEnded)
            metrics.EndForeign(TurnState.Stopped, code: null);
    }

    /// <summary>Somebody had stopped it before the process died.</summary>
    private static AiResponseComplete Stopped(Turn turn, string content, Usage usage, Row row) => new(
        turn.ThreadId, turn.TurnId, turn.MessageId, content, TurnState.Stopped, usage, turn.Model.Model,
        DurationMs: 0, FirstTokenMs: null, KnowledgeUsed: UsedFacts.Read(row.KnowledgeUsed));

    private static ConversationError Interrupted(Turn turn, string content)
    {
        var failure = TurnFailure.Interrupted;
        return new ConversationError(
            turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, content);
    }

    private async Task<(string Content, string Reasoning)> ReadTextAsync(Row row, CancellationToken cancellationToken)
    {
        var view = new ConversationView();
        var (after, stream) = (row.StartedAfter, ConversationStreams.Of(row.ThreadId));
        IReadOnlyList<LogEntry> page;
        while ((page = await streams.ReadAsync(stream, after, PageBytes, cancellationToken)).Count > 0)
        {
            foreach (var entry in page)
                view.Apply(entry);
            after = page[^1].Number;
        }

        return view.Find(row.TurnId) is { } shown ? (shown.Content, shown.Reasoning) : ("", "");
    }

    [LoggerMessage(1, LogLevel.Warning, "Ended {Turns} turns that an earlier process left running.")]
    private static partial void Recovered(ILogger log, int turns);

    private sealed record Row(
        string TurnId,
        string ThreadId,
        string OwnerId,
        string UserMessageId,
        string MessageId,
        string Model,
        long StartedAfter,
        string? EndRequested,
        string? KnowledgeUsed,
        long OwnMessages);
}
