namespace Runnel.Server.Knowledge.Rows;

/// <summary>One thing that was said of a node or of an edge, by one message or by several: it is there as long as a source is.
/// Its tokens, which the search finds it by, are not mapped.</summary>
internal sealed class KnowledgeFact
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }

    public required string FactId { get; init; }

    public long DigitalHumanId { get; init; }

    /// <summary>What it is about; null where that is an edge.</summary>
    public string? NodeId { get; init; }

    public string? EdgeId { get; init; }

    /// <summary>One of <see cref="FactKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a property its name as it was spelled first; else empty.</summary>
    public required string Label { get; init; }

    public required string LabelKey { get; init; }

    public required string Text { get; init; }

    /// <summary>What tells it apart from the other facts of its kind and label.</summary>
    public required string TextKey { get; init; }

    /// <summary>The id of the node or edge.</summary>
    public string About => NodeId ?? EdgeId!;
}
