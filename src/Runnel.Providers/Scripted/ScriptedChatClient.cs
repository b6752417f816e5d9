using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Runnel.Providers.Scripted.Training;

namespace Runnel.Providers.Scripted;

/// <summary>
/// The built-in demonstration model: the same conversation gets the same answer, in Chinese when the question has
/// Chinese characters and in English otherwise, offline. It says that it is none and how to connect a real one. The steps of
/// training it does by rules, for sentences of a few forms.
/// Thread-safe.
/// </summary>
/// <param name="options">Its pace; null: the defaults.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class ScriptedChatClient(ScriptedOptions? options = null, TimeProvider? time = null) : IChatClient
{
    /// <summary>The name it reports as model.</summary>
    public const string ModelName = "scripted";

    private static readonly ChatClientMetadata Metadata = new("runnel", null, ModelName);

    private readonly TimeSpan _pace = (options ?? new ScriptedOptions()).Pace;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The whole answer at once, at the same pace.</summary>
    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>The answer word by word.</summary>
    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var talk = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var question = ScriptedQuestion.From(talk);
        var pace = options?.ResponseFormat is ChatResponseFormatJson ? TimeSpan.Zero : _pace;
        var written = 0;
        foreach (var word in Words.Split(ScriptedTraining.Answer(talk) ?? ScriptedAnswer.To(question)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pace > TimeSpan.Zero) await Task.Delay(pace, _time, cancellationToken);
            written++;
            yield return NewUpdate(new TextContent(word));
        }

        var usage = new UsageDetails
        {
            InputTokenCount = question.Words,
            OutputTokenCount = written,
            TotalTokenCount = question.Words + written,
        };
        var last = NewUpdate(new UsageContent(usage));
        last.FinishReason = ChatFinishReason.Stop;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return Metadata;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: it holds nothing.</summary>
    public void Dispose()
    {
    }

    private static ChatResponseUpdate NewUpdate(AIContent content) =>
        new(ChatRole.Assistant, [content]) { ModelId = ModelName };
}
