namespace Runnel.Server.Knowledge.Rows;

/// <summary>An entity that a digital human knows. What is known of it are its facts; it is there as long as it has any.</summary>
internal sealed class KnowledgeNode
{
    public required string NodeId { get; init; }

    public long DigitalHumanId { get; init; }

    /// <summary>The word of an <see cref="Learning.EntityType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>See <see cref="Spelling.NameKey"/>: with the type, what it is told apart by.</summary>
    public required string NameKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
