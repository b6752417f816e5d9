using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.Watchdog;

/// <summary>
/// Ends an answer that does not begin, stalls, or takes too long in all: the inner stream is cancelled and a
/// <see cref="ProviderException"/> with <see cref="ProviderError.Timeout"/>, <see cref="ProviderError.Stalled"/> or
/// <see cref="ProviderError.TurnTimeout"/> thrown. Time the caller takes between two updates is not held against the
/// model, but for the total. Thread-safe; relies on the inner client to obey cancellation.
/// </summary>
/// <param name="inner">The client that is watched; disposed with this one.</param>
/// <param name="timeouts">The limits; null: the defaults.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class ContentWatchdog(IChatClient inner, ContentTimeouts? timeouts = null, TimeProvider? time = null)
    : DelegatingChatClient(inner)
{
    private readonly ContentTimeouts _timeouts = Checked(timeouts ?? new ContentTimeouts());
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The whole answer at once, streamed inside and watched all the same.</summary>
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>The answer while it is written, under watch.</summary>
    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var watch = new ContentWatch(_timeouts, _time, cancellationToken);
        await using var answer = base.GetStreamingResponseAsync(messages, options, watch.Token)
            .GetAsyncEnumerator(watch.Token);
        while (await MoveNextAsync(answer, watch, cancellationToken))
        {
            watch.Pause();
            yield return answer.Current;
            watch.Resume(IsVisible(answer.Current));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> answer, ContentWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            if (watch.Expired is null) return await answer.MoveNextAsync();
        }
        catch (Exception) when (watch.Expired is not null && !cancellationToken.IsCancellationRequested)
        {
            // What the inner client throws when it is cancelled says less than the reason why it was.
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw watch.Failure();
    }

    private static bool IsVisible(ChatResponseUpdate update)
    {
        for (var i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 })
                return true;
        }

        return false;
    }

    private static ContentTimeouts Checked(ContentTimeouts timeouts)
    {
        timeouts.Validate();
        return timeouts;
    }
}
