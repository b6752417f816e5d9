namespace Runnel.Server.Knowledge.Rows;

/// <summary>That a message said a fact.</summary>
internal sealed class KnowledgeSource
{
    /// <summary>Given by the database, in the order of commits: by it the newer of two is known, whatever the clock does.</summary>
    public long Id { get; init; }

    public required string FactId { get; init; }

    public long DigitalHumanId { get; init; }

    public required string MessageId { get; init; }

    public required string RoundId { get; init; }

    public double Confidence { get; init; }

    public DateTimeOffset LearnedAt { get; init; }
}
