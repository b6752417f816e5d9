using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Runnel.Providers;

namespace Runnel.Server.Models.Registered;

/// <summary>A client that somebody else wrote: whatever it does, it holds nobody up, and what its network throws becomes what a
/// turn knows. Anything else that it throws is a bug, and is logged as one.</summary>
internal sealed class RegisteredChatClient(IChatClient inner, string name, TimeProvider time, ILogger log)
    : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = new AnswerApart(left => base.GetStreamingResponseAsync(messages, options, left), name, time, log);
        while (await WaitAsync(answer, cancellationToken))
        {
            while (answer.TryRead(out var update))
                yield return update;
        }
    }

    private async ValueTask<bool> WaitAsync(AnswerApart answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(cancellationToken);
        }
        catch (HttpRequestException fault) when ((int?)fault.StatusCode is >= 400 and < 500 and not 429)
        {
            throw new ProviderException(
                ProviderError.Rejected, $"The model {name} refused the request. Check its settings.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new ProviderException(
                ProviderError.Unavailable, $"The model {name} could not be reached. Try again in a moment.", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderError.Timeout, $"The model {name} did not answer in time. Try again.", fault);
        }
    }
}
