using Runnel.Server.Conversations.Following;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Stopping;

/// <summary>
/// Stops a turn. A running one lets go of its model at once and is told, durably, to end as stopped; whichever is committed
/// first, that or its own end, is what becomes of it. A queued one ends where it stands.
/// </summary>
internal sealed class TurnStop(
    RunnelDbContext database, IEventStreams streams, RunningTurns running, TurnQueue queue, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Where another process runs it, which may just have died.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Stops the named turn of a conversation, or else the one that runs. Null when there is none of that name.</summary>
    public async Task<StoppedTurn?> StopAsync(string threadId, StopRequest request, CancellationToken cancellationToken)
    {
        var isNamed = (request.TurnId ?? request.ClientMessageId) is not null;
        for (var pause = LookAgain; ; pause = pause < LongestPause ? pause * 1.5 : pause)
        {
            var turn = isNamed
                ? await KnownTurns.FindAsync(database, threadId, request, cancellationToken)
                : await KnownTurns.FindCurrentAsync(database, threadId, cancellationToken);
            if (turn is null)
                return isNamed ? null : new StoppedTurn(false, null, null, await CursorAsync(threadId, null, cancellationToken));
            if (TurnState.IsEnd(turn.Status))
            {
                var end = await CursorAsync(threadId, turn.EndedAt, cancellationToken);
                return new StoppedTurn(TurnState.IsStop(turn.Status), turn.TurnId, turn.Status, end);
            }

            // From here on it is that turn, although another may run by the time it has ended.
            (isNamed, request) = (true, new StopRequest(turn.TurnId, null));
            await EndAsync(threadId, turn, pause, cancellationToken);
        }
    }

    /// <summary>Brings a turn nearer to its end; whoever calls looks again how far.</summary>
    private async Task EndAsync(string threadId, KnownTurn turn, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            if (turn.Status == TurnState.Queued)
                await EndQueuedAsync(threadId, turn.TurnId, cancellationToken);
            else
                await EndRunningAsync(threadId, turn.TurnId, pause, cancellationToken);
        }
        catch (Exception refusal) when (refusal is ParticipantRefusedException or StreamEndedException)
        {
            // It has begun or ended meanwhile, or its conversation is gone.
        }
    }

    private async Task EndRunningAsync(
        string threadId, string turnId, TimeSpan pause, CancellationToken cancellationToken)
    {
        var requested = streams.AppendAsync(new Append(ConversationStreams.Of(threadId))
        {
            Participants = [TurnState.RequestEnd(turnId, TurnState.Stopped)],
        });
        // The model is let go of without waiting for the commit, which is ahead of the end that this brings about.
        var ended = running.StopAsync(turnId);
        await requested;
        if (!await ended.WaitAsync(cancellationToken))
            await Task.Delay(pause, time, cancellationToken);
    }

    private async Task EndQueuedAsync(string threadId, string turnId, CancellationToken cancellationToken)
    {
        if (await QueueState.ReadAsync(database, threadId, cancellationToken) is not { } state
            || state.Queued.FirstOrDefault(queued => queued.TurnId == turnId) is not { } waiting)
            return;
        await streams.AppendAsync(QueuedEnd.Of(state, waiting, time.GetUtcNow()));
        await queue.AdvanceAsync(threadId);
    }

    private async Task<string> CursorAsync(string threadId, long? number, CancellationToken cancellationToken) =>
        (await streams.ReadStateAsync(
            ConversationStreams.Of(threadId),
            (cursor, _) => cursor with { Number = number ?? cursor.Number },
            cancellationToken)).ToString();
}
