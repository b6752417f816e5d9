namespace Runnel.Server.Conversations.Rows;

/// <summary>A message of a conversation. Messages are a tree: a message is a child of the one that it answers or follows.</summary>
internal sealed class Message
{
    public required string MessageId { get; init; }

    public required string ThreadId { get; init; }

    public string? ParentId { get; init; }

    public required string TurnId { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary><c>streaming</c>, <c>complete</c>, <c>stopped</c>, <c>failed</c> or <c>interrupted</c>.</summary>
    public required string Status { get; init; }

    public required string Content { get; init; }

    public required string Reasoning { get; init; }

    public string? FinishReason { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public bool? UsageEstimated { get; init; }

    /// <summary>What of a digital human's knowledge its model was given; see <see cref="UsedFacts"/>.</summary>
    public string? KnowledgeUsed { get; init; }

    /// <summary>What its reader thinks of it: <c>up</c>, <c>down</c>, or null.</summary>
    public string? Rating { get; init; }

    public string? RatingComment { get; init; }

    /// <summary>Whether it is not part of the history: the answer of a turn that has not begun, and what was withdrawn.</summary>
    public bool Hidden { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an answer got its end; null for what people wrote, and while it is being written.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
