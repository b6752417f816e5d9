using System.Text.Json;
using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_chunk</c>: something of a round happened. Which members there are is a matter of <c>kind</c>; see
/// <see cref="ChunkKinds"/>.</summary>
internal sealed record TrainingChunk(long DigitalHumanId, string RoundId, string? Step, string Kind)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.Chunk;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Step { get; init; } = Step;

    /// <summary>Text: of the message, of a line of progress.</summary>
    public string? Content { get; init; }

    public string? MessageId { get; init; }

    public string? ClientMessageId { get; init; }

    /// <summary>For people: what the step is doing, or did.</summary>
    public string? Message { get; init; }

    public JsonElement? Result { get; init; }

    public long? DurationMs { get; init; }

    public bool? Skipped { get; init; }

    public JsonElement? Nodes { get; init; }

    public JsonElement? Edges { get; init; }

    /// <summary>Why what was streamed so far does not count.</summary>
    public string? Reason { get; init; }
}
