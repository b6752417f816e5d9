using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Overviews;

/// <summary>Looks over all that a digital human knows, to see where there is little. Thread-safe.</summary>
internal sealed class KnowledgeOverview(IServiceScopeFactory scopes)
{
    /// <summary>Names of each type that are given.</summary>
    public const int NamesOfAType = 20;

    public async Task<Overview> ReadAsync(long digitalHumanId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var statistics = await KnowledgeStatistics.ReadAsync(database, digitalHumanId, cancellationToken);
        var names = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var type in EntityTypes.All.Select(type => type.Word()).Where(type => statistics.ByType[type] > 0))
            names[type] = await NamesAsync(database, digitalHumanId, type, cancellationToken);
        return new Overview(statistics, names);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        RunnelDbContext database, long digitalHumanId, string type, CancellationToken cancellationToken)
    {
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => node.DigitalHumanId == digitalHumanId && node.Type == type)
            .OrderByDescending(node => node.CreatedAt).ThenByDescending(node => node.NodeId)
            .Take(NamesOfAType).ToListAsync(cancellationToken);
        var graph = await GraphReader.ReadAsync(database, nodes, [], null, cancellationToken);
        return [.. nodes.Select(node => NodeState.Of(graph, node.NodeId)?.Name).OfType<string>()];
    }
}
