using Microsoft.EntityFrameworkCore;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Context;
using Runnel.Server.Turns.Running;
using Runnel.Streams;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns;

/// <summary>Ends, when the server starts, the turns that a process which died left running: with all the text that any client
/// can have seen, since that is in the log.</summary>
internal sealed partial class TurnRecovery(
    IServiceScopeFactory scopes, IEventStreams streams, TimeProvider time, ILogger<TurnRecovery> log) : IHostedService
{
    private const int PageBytes = 256 * 1024;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await FindAsync(cancellationToken);
        foreach (var row in left)
            await EndAsync(row, cancellationToken);
        if (left.Count > 0)
            Recovered(log, left.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<Row>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<Row>($"""
                select turn_id as "TurnId", thread_id as "ThreadId", owner_id as "OwnerId",
                  user_message_id as "UserMessageId", message_id as "MessageId", model as "Model",
                  started_after as "StartedAfter"
                from turns where status = 'running'
                """)
            .ToListAsync(cancellationToken);
    }

    private async Task EndAsync(Row row, CancellationToken cancellationToken)
    {
        var (content, reasoning) = await ReadTextAsync(row, cancellationToken);
        var turn = new Turn(
            row.TurnId, row.ThreadId, row.OwnerId, row.UserMessageId, row.MessageId,
            new ConfiguredModel(row.Model, ModelKind.OpenAI, row.Model, null!));
        var failure = TurnFailure.Interrupted;
        var error = new ConversationError(
            row.ThreadId, row.TurnId, row.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, content);
        var usage = new Usage(0, TokenEstimate.Of(content + reasoning), Estimated: true);
        await new TurnLog(streams, turn, time, cancellationToken).FailAsync(error, failure.Status, reasoning, usage);
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
        long StartedAfter);
}
