using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>conversation_updated</c>: what changed in a conversation besides its turns. Only the members that changed are
/// there.</summary>
internal sealed record ConversationUpdated(string ThreadId)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Updated;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The newest message of the branch that is the active one from now on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ActiveMessageId { get; init; }

    /// <summary>Messages that left history and the model's context.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Withdrawn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Feedback? Feedback { get; init; }

    /// <summary>Where activity moved the conversation in the list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }
}
