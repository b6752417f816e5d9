using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.States;

namespace Runnel.Server.Turns.Accepting;

/// <summary>Where a turn goes: to its place at once, or into the queue of its conversation.</summary>
internal sealed record TurnPlace
{
    /// <summary>At once: nothing runs and nothing waits.</summary>
    public static TurnPlace Free { get; } = new();

    /// <summary>What the place was chosen by; null for the free one.</summary>
    public QueueState? Queue { get; private init; }

    /// <summary>The place in the queue, from 1; 0 when it runs at once.</summary>
    public int Position { get; private init; }

    public long Order { get; private init; }

    /// <summary>Whether it goes ahead of what waits.</summary>
    public bool IsAhead { get; private init; }

    /// <summary>Where it goes ahead: the newest message before its own.</summary>
    public string? Follows { get; private init; }

    /// <summary>The status with which the running turn is told to end; null to let it be.</summary>
    public string? Ends { get; private init; }

    /// <summary>The place that a policy gives in a busy conversation; null when it refuses.</summary>
    public static TurnPlace? Choose(QueueState state, NewTurn wanted)
    {
        if (!state.IsBusy)
            return Free;
        return wanted.WhenBusy switch
        {
            BusyPolicy.Reject => null,
            BusyPolicy.Enqueue => new TurnPlace
            {
                Queue = state,
                Position = state.Queued.Count + 1,
                Order = state.Queued.Count == 0 ? 1 : state.Queued[^1].QueueOrder + 1,
            },
            var policy => Ahead(state, policy == BusyPolicy.Rollback && CanWithdraw(state, wanted)),
        };
    }

    private static TurnPlace Ahead(QueueState state, bool withdraws)
    {
        var running = state.Running;
        var isWithdrawn = withdraws || running?.EndRequested == TurnState.Withdrawn;
        return new TurnPlace
        {
            Queue = state,
            Position = 1,
            Order = state.Queued.Count == 0 ? 1 : state.Queued[0].QueueOrder - 1,
            IsAhead = true,
            Follows = running is null ? state.Queued[0].Follows : isWithdrawn ? running.Follows : running.MessageId,
            Ends = running is null ? null : withdraws ? TurnState.Withdrawn : TurnState.Stopped,
        };
    }

    /// <summary>A message that is to be answered anew stays.</summary>
    private static bool CanWithdraw(QueueState state, NewTurn wanted) =>
        wanted.Opening.AnsweredId is not { } answered || answered != state.Running?.UserMessageId;
}
