using Runnel.Server.Knowledge.Graphs;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>A message that said something.</summary>
internal sealed record FactSource(string MessageId, string RoundId, DateTimeOffset LearnedAt)
{
    /// <summary>Of a node or edge that many messages name, the newest are told.</summary>
    public const int Most = 50;

    /// <summary>Each message once, the newest first.</summary>
    public static List<FactSource> Of(IEnumerable<SaidFact> facts) =>
        [.. facts.SelectMany(fact => fact.Sources).OrderByDescending(source => source.Id).DistinctBy(source => source.MessageId)
            .Take(Most).Select(source => new FactSource(source.MessageId, source.RoundId, source.LearnedAt))];
}
