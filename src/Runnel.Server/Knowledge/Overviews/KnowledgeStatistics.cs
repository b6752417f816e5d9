using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Overviews;

/// <summary>What a digital human knows, in numbers.</summary>
/// <param name="Nodes">Entities.</param>
/// <param name="Edges">Relations.</param>
/// <param name="Facts">What was said of them, each once however many messages said it.</param>
/// <param name="MaxFacts">How many there may be.</param>
/// <param name="Messages">Messages that something was learned from.</param>
/// <param name="ByType">Nodes of each type, those without any too.</param>
/// <param name="ThinAreas">The types of which little is known, the thinnest first; see <see cref="Overviews.ThinAreas"/>.</param>
internal sealed record KnowledgeStatistics(
    int Nodes,
    int Edges,
    int Facts,
    int MaxFacts,
    int Messages,
    IReadOnlyDictionary<string, int> ByType,
    IReadOnlyList<string> ThinAreas)
{
    public static async Task<KnowledgeStatistics> ReadAsync(
        RunnelDbContext database, long digitalHumanId, CancellationToken cancellationToken)
    {
        var counts = await database.Set<KnowledgeNode>().Where(node => node.DigitalHumanId == digitalHumanId)
            .GroupBy(node => node.Type).Select(nodes => new { Type = nodes.Key, Count = nodes.Count() })
            .ToDictionaryAsync(row => row.Type, row => row.Count, cancellationToken);
        var byType = EntityTypes.All.ToDictionary(type => type.Word(), type => counts.GetValueOrDefault(type.Word()));
        return new(
            counts.Values.Sum(),
            await database.Set<KnowledgeEdge>().CountAsync(edge => edge.DigitalHumanId == digitalHumanId, cancellationToken),
            await database.Set<KnowledgeFact>().CountAsync(fact => fact.DigitalHumanId == digitalHumanId, cancellationToken),
            MergeLimits.Facts,
            await database.Set<KnowledgeSource>().Where(source => source.DigitalHumanId == digitalHumanId)
                .Select(source => source.MessageId).Distinct().CountAsync(cancellationToken),
            byType,
            Overviews.ThinAreas.Of(byType));
    }
}
