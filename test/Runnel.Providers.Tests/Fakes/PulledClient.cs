using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.Tests.Fakes;

/// <summary>Streams what the test hands it, and obeys cancellation.</summary>
internal sealed class PulledClient : IChatClient
{
    private readonly Channel<ChatResponseUpdate> _updates = Channel.CreateUnbounded<ChatResponseUpdate>();

    public bool WasCancelled { get; private set; }

    public void Say(params AIContent[] contents) =>
        _updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, [.. contents]));

    public void End(Exception? fault = null) => _updates.Writer.Complete(fault);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var update in _updates.Reader.ReadAllAsync(cancellationToken)) yield return update;
        }
        finally
        {
            WasCancelled = cancellationToken.IsCancellationRequested;
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
