using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Knowledge.Spelling;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>Merges what a message said with what is known. It plans and stores nothing: what it answers commits with the events
/// that tell of it. Thread-safe.</summary>
internal sealed class KnowledgeMerge(IServiceScopeFactory scopes)
{
    /// <summary>The participant that refuses when the knowledge has changed since it was read.</summary>
    public const string Unchanged = "knowledge is as it was read";

    /// <summary>What the message changes. A digital human that is not there any more refuses when it is stored.</summary>
    /// <param name="source">Where it was learned. A round that is planned again makes the same ids.</param>
    /// <param name="learned">What was learned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<KnowledgeChange> PlanAsync(Provenance source, Learned learned, CancellationToken cancellationToken)
    {
        if (learned.Entities.Count > MergeLimits.Entities || learned.Relations.Count > MergeLimits.Relations)
            return new KnowledgeChange { Refused = MergeRefusal.TooManyEntities };
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        await database.Database.OpenConnectionAsync(cancellationToken);
        // The version first: what changes while the rest is read refuses the plan.
        var version = await VersionAsync(database, source.DigitalHumanId, cancellationToken);
        var known = await ReadAsync(database, source, learned, cancellationToken);
        var plan = MergePlan.Of(known, source, learned);
        var count = await Facts(database, source.DigitalHumanId).CountAsync(cancellationToken);
        if (plan.Added.Facts.Count > 0 && count + plan.Added.Facts.Count > MergeLimits.Facts)
            return new KnowledgeChange { Refused = MergeRefusal.Full };
        var learnings = new Learnings(known, plan, source.MessageId);
        return new KnowledgeChange
        {
            Participants = MergeRows.Of(source.DigitalHumanId, version, plan.Added),
            Nodes = learnings.Nodes(),
            Edges = learnings.Edges(),
            LeftOut = plan.LeftOut,
        };
    }

    private static IQueryable<KnowledgeFact> Facts(RunnelDbContext database, long human) =>
        database.Set<KnowledgeFact>().Where(fact => fact.DigitalHumanId == human);

    private static async Task<long> VersionAsync(RunnelDbContext database, long human, CancellationToken cancellationToken) =>
        await database.Database
            .SqlQuery<long>($"""select version as "Value" from knowledge_graphs where digital_human_id = {human}""")
            .SingleOrDefaultAsync(cancellationToken);

    private static async Task<KnownGraph> ReadAsync(
        RunnelDbContext database, Provenance source, Learned learned, CancellationToken cancellationToken)
    {
        var keys = learned.Entities.Select(entity => entity.Name)
            .Concat(learned.Relations.SelectMany(relation => new[] { relation.Source, relation.Target }))
            .Select(name => StoredWords.Name(name, MergeLimits.Name)).OfType<string>().Select(NameKey.Of).Distinct().ToList();
        var human = source.DigitalHumanId;
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => node.DigitalHumanId == human && EF.Parameter(keys).Contains(node.NameKey)).ToListAsync(cancellationToken);
        var named = nodes.ConvertAll(node => node.NodeId);
        var edges = await database.Set<KnowledgeEdge>().AsNoTracking()
            .Where(edge => EF.Parameter(named).Contains(edge.SourceId)
                && (edge.OneOf != null || EF.Parameter(named).Contains(edge.TargetId)))
            .ToListAsync(cancellationToken);
        var targets = edges.Select(edge => edge.TargetId).Except(named).ToList();
        nodes.AddRange(await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => EF.Parameter(targets).Contains(node.NodeId)).ToListAsync(cancellationToken));
        return await GraphReader.ReadAsync(database, nodes, edges, source.MessageId, cancellationToken);
    }
}
