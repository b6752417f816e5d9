using System.Text.Json;

namespace Runnel.Server.Training;

/// <summary>A message that a digital human was told, as clients see it: with what it asked next, where it could, and what it learned,
/// as that was then.</summary>
internal sealed record TrainingMessageItem(
    string MessageId,
    string RoundId,
    string? ClientMessageId,
    string Content,
    string Status,
    string? Question,
    JsonElement Learned,
    string? ErrorCode,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt);
