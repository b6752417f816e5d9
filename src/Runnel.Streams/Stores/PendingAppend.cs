using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>An append on its way into a commit. The store settles each one of a batch exactly once.</summary>
public sealed class PendingAppend
{
    private readonly TaskCompletionSource<AppendReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes an append into the queue.</summary>
    public PendingAppend(Append append)
    {
        ArgumentNullException.ThrowIfNull(append);
        Append = append;
        for (var i = 0; i < append.Events.Count; i++)
            Bytes += append.Events[i].Data.Length + append.Events[i].Text.Length;
    }

    /// <summary>Roughly what it adds to a commit, in bytes.</summary>
    internal long Bytes { get; }

    /// <summary>When it was queued, as a timestamp of the log's clock.</summary>
    internal long QueuedAt { get; init; }

    /// <summary>What is to be appended.</summary>
    public Append Append { get; }

    /// <summary>The events as they are in the log, once committed.</summary>
    public IReadOnlyList<StreamEvent> Events { get; private set; } = [];

    /// <summary>Where it landed, once committed.</summary>
    public AppendReceipt Receipt { get; private set; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Completes when the append is durable and visible, or failed.</summary>
    public Task<AppendReceipt> Done => _done.Task;

    /// <summary>Called by the store inside the transaction; becomes true only when the commit succeeds.</summary>
    public void Place(IReadOnlyList<StreamEvent> events, AppendReceipt receipt) => (Events, Receipt) = (events, receipt);

    /// <summary>Called by the store when this append alone is refused, and by the batcher when the whole commit failed.</summary>
    public void Refuse(Exception failure) => (Failure, Events) = (failure, []);

    /// <summary>Tells whoever waits. After this nothing changes any more.</summary>
    public void Complete()
    {
        if (Failure is null)
            _done.TrySetResult(Receipt);
        else
            _done.TrySetException(Failure);
    }
}
