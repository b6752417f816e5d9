using Microsoft.Extensions.AI;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>A client that says a word and then does not do what it is told, until it is released.</summary>
internal sealed class StubbornClient : IChatClient
{
    public const string Word = "word ";

    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Manner Manner { get; set; }

    /// <summary>Whether its answer is whole after a word.</summary>
    public bool IsBrief { get; set; }

    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when its answer has been disposed.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _released.Set();
        _release.TrySetResult();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.SetResult();
        if (Manner == Manner.BlocksTheRequest)
            _released.Wait(CancellationToken.None);
        return new Answer(this);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    // What still hangs in it is let go, but may be late: the event itself is not disposed.
    public void Dispose() => Release();

    private sealed class Answer(StubbornClient client) : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private CancellationToken _cancelled;
        private int _words;

        public ChatResponseUpdate Current => new(ChatRole.Assistant, _words == 1 || !client._released.IsSet ? Word : "late");

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            _cancelled = cancellationToken;
            return this;
        }

        public async ValueTask<bool> MoveNextAsync()
        {
            if (++_words == 1)
                return true;
            if (client.IsBrief)
                return false;
            switch (client.Manner)
            {
                case Manner.TalksOn:
                    await Task.Yield();
                    return _words < 1_000_000 && !client._released.IsSet;
                case Manner.BlocksItsThread:
                    client._released.Wait(CancellationToken.None);
                    return _words < 10;
                case Manner.BlocksWhoeverCancels:
                    await using (_cancelled.Register(() => client._released.Wait(CancellationToken.None)))
                        await Task.Delay(Timeout.InfiniteTimeSpan, _cancelled);
                    return false;
                case Manner.HangsWhenDisposed:
                    await Task.Delay(Timeout.InfiniteTimeSpan, _cancelled);
                    return false;
                default:
                    await client._release.Task;
                    return _words < 10;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (client.Manner == Manner.HangsWhenDisposed)
                await client._release.Task;
            client.Ended.TrySetResult();
            if (client.Manner == Manner.FailsWhenDisposed)
                throw new InvalidOperationException("told to fail");
        }
    }
}
