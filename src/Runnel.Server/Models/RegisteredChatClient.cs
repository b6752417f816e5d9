using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Runnel.Providers;

namespace Runnel.Server.Models;

/// <summary>A client that somebody else wrote: what its network throws becomes what a turn knows. Anything else that it throws is
/// a bug, and is logged as one.</summary>
internal sealed class RegisteredChatClient(IChatClient inner, string name) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var answer = base.GetStreamingResponseAsync(messages, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(answer, cancellationToken))
            yield return answer.Current;
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.MoveNextAsync();
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
