using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Hosting;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>Finds a turn its place, and commits it there. Two who want the same place are told apart by the commit; the one
/// that is refused looks again.</summary>
internal sealed class TurnAdmission(
    RunnelDbContext database,
    IEventStreams streams,
    RunningTurns running,
    TurnQueue queue,
    IOptions<LimitsOptions> limits,
    TimeProvider time)
{
    /// <summary>Each refusal says that somebody else was faster; so many in a row say that something is wrong.</summary>
    private const int MaxTries = 1000;

    public async Task<Intake> AdmitAsync(NewTurn wanted, ConfiguredModel model, CancellationToken cancellationToken)
    {
        var place = TurnPlace.Free;
        for (var tries = 1; ; tries++)
        {
            if (!running.TryEnter())
                return Problems.Draining();
            try
            {
                return Intake.Accepted(await CommitAsync(wanted, model, place));
            }
            catch (StreamEndedException)
            {
                return ConversationProblems.NotFound();
            }
            catch (ParticipantRefusedException refusal) when (tries < MaxTries)
            {
                // The same message may have been accepted between our look and our commit.
                if (await EarlierTurn.FindAsync(database, streams, wanted, cancellationToken) is { } earlier)
                    return earlier;
                if (refusal.Participant == BeginRows.Room)
                    return TooMany();
                // Nobody else is in a conversation that begins.
                if (wanted.ThreadId is not { } threadId)
                    throw;
                if (await QueueState.ReadAsync(database, threadId, cancellationToken) is not { } state)
                    return ConversationProblems.NotFound();
                if (TurnPlace.Choose(state, wanted) is not { } next)
                    return Busy();
                place = next;
            }
        }
    }

    /// <summary>Takes over the place among the running turns that was entered.</summary>
    private async Task<AcceptedTurn> CommitAsync(NewTurn wanted, ConfiguredModel model, TurnPlace place)
    {
        var started = false;
        try
        {
            var (turn, append) = TurnBegin.Create(
                wanted, model, place, limits.Value.RunningTurnsPerUser, time.GetUtcNow());
            var receipt = await streams.AppendAsync(append);
            if (place.Queue is null)
            {
                queue.Start(turn);
                started = true;
            }
            else
            {
                if (place.Ends is not null)
                    _ = running.StopAsync(place.Queue.Running!.TurnId);
                _ = queue.AdvanceAsync(turn.ThreadId);
            }

            return AcceptedTurn.From(turn, place, receipt);
        }
        finally
        {
            if (!started)
                running.Leave();
        }
    }

    private static Problem Busy() => Problems.Conflict(
        "turn_running",
        "An answer is being written in this conversation. Wait for its end, or say in when_busy what is to be done.");

    private static Problem TooMany() => Problems.TooMany(
        "too_many_turns", "Too many of your answers are being written or wait. Wait for one to end.", TimeSpan.FromSeconds(2));
}
