namespace Runnel.Server.Conversations.Rows;

/// <summary>A conversation of one user.</summary>
internal sealed class Conversation
{
    public required string ThreadId { get; init; }

    public required string OwnerId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who gave the title: <c>nobody</c>, <c>message</c> (its first line), <c>model</c> or <c>person</c>.</summary>
    public required string TitledBy { get; init; }

    public long? DigitalHumanId { get; init; }

    /// <summary>The number of the last event of its stream that changed any row of it.</summary>
    public long Position { get; init; }

    /// <summary>The number of the last event that changed which messages there are, or which turns wait or run.</summary>
    public long HistoryAt { get; init; }

    /// <summary>The newest message of the active branch, hidden perhaps; null while there is none.</summary>
    public string? ActiveMessageId { get; init; }

    public string? RunningTurnId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
