namespace Runnel.Server.Answering.Pacing;

/// <summary>One answer's part of an <see cref="AnswerRoom"/>.</summary>
internal sealed class AnswerShare(AnswerRoom room) : IDisposable
{
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;

    /// <summary>The most characters of one answer.</summary>
    public int AnswerLimit => room.AnswerLimit;

    /// <summary>Says how much the answer holds, in characters; false when it must wait before it is read on.</summary>
    public bool TryHold(int characters)
    {
        var more = characters - _held;
        _held = characters;
        return room.TryHold(this, more);
    }

    /// <summary>Completes when there is room.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _room.Task.WaitAsync(cancellationToken);

    /// <summary>Called by the room: from now on it waits.</summary>
    public void Wait()
    {
        if (_room.Task.IsCompleted)
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Called by the room: there is room again.</summary>
    public void Wake() => _room.TrySetResult();

    public void Dispose() => room.Leave(this, _held);
}
