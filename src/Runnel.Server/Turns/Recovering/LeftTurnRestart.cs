using Runnel.Server.Background;
using Runnel.Server.Models;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Streams;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Starts a turn again that was left, where that is wanted: what it has shown is withdrawn, and the model asked once
/// more.</summary>
internal sealed class LeftTurnRestart(
    IEventStreams streams, LeftText text, HandOver handOver, RunningTasks tasks, ModelCatalog models, TimeProvider time)
{
    /// <summary>So many attempts, of all servers: a turn that brings down whoever runs it is not passed on for ever.</summary>
    private const int MaxAttempts = 3;

    private const string Reason = "server_lost";

    /// <summary>False when it is to be ended instead.</summary>
    /// <param name="left">The turn.</param>
    /// <param name="queue">Runs it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<bool> TryAsync(LeftTurn left, TurnQueue queue, CancellationToken cancellationToken)
    {
        if (!handOver.IsWanted || left.EndRequested is not null || !tasks.TryEnter())
            return false;
        var started = false;
        try
        {
            var shown = await text.ReadAsync(left, cancellationToken);
            if (shown is { Attempt: >= MaxAttempts })
                return false;
            var turn = ToTurn(left, shown?.Attempt ?? 0);
            if (shown is { Content.Length: > 0 } or { Reasoning.Length: > 0 })
                await new TurnLog(streams, turn, time, cancellationToken).ResetAsync(Reason);
            queue.Start(turn);
            return started = true;
        }
        finally
        {
            if (!started)
                tasks.Leave();
        }
    }

    private Turn ToTurn(LeftTurn left, int attempts) => new(
        left.TurnId, left.ThreadId, left.OwnerId, left.UserMessageId, left.MessageId,
        models.Find(left.ModelName) ?? models.Default)
    {
        DigitalHumanId = left.DigitalHumanId,
        HasOwnMessage = left.OwnMessages > 0,
        EarlierAttempts = attempts,
    };
}
