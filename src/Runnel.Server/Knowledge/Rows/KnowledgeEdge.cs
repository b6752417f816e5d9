namespace Runnel.Server.Knowledge.Rows;

/// <summary>A relation between two nodes.</summary>
internal sealed class KnowledgeEdge
{
    public required string EdgeId { get; init; }

    public long DigitalHumanId { get; init; }

    public required string SourceId { get; init; }

    public required string TargetId { get; init; }

    /// <summary>See <see cref="Spelling.RelationKey"/>.</summary>
    public required string TypeKey { get; init; }

    /// <summary>See <see cref="Spelling.OneAtATime"/>; null where the source may have several.</summary>
    public string? OneOf { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
