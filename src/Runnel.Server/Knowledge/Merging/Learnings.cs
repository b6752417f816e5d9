using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>Tells what a plan makes of a message, beside what was known before it.</summary>
internal sealed class Learnings(KnownGraph known, MergePlan plan, string messageId)
{
    public List<LearnedNode> Nodes() => [.. plan.Entities.Select(entity => new LearnedNode(
        entity.Node.NodeId,
        NameOf(entity.Node),
        EntityTypes.Read(entity.Node.Type),
        entity.Description,
        entity.Properties,
        entity.Confidence,
        IsNew(entity.Node.NodeId, FactKinds.Name),
        Contradicted(entity)))];

    public List<LearnedEdge> Edges() => [.. plan.Relations.Select(relation => new LearnedEdge(
        relation.Edge.EdgeId,
        relation.From.NodeId,
        NameOf(relation.From),
        relation.To.NodeId,
        NameOf(relation.To),
        known.Of(relation.Edge.EdgeId, FactKinds.Relation) is [var first, ..] ? first.Fact.Text : relation.Type,
        relation.Confidence,
        IsNew(relation.Edge.EdgeId, FactKinds.Relation),
        Contradicted(relation)))];

    private string NameOf(KnowledgeNode node) => NodeState.Of(known, node.NodeId)?.Name
        ?? plan.Added.Facts.First(fact => fact.NodeId == node.NodeId && fact.Kind == FactKinds.Name).Text;

    /// <summary>The same answer also when the message was learned before.</summary>
    private bool IsNew(string about, string kind) =>
        known.Of(about, kind).TrueForAll(fact => fact.First.MessageId == messageId);

    private List<Contradiction> Contradicted(MergedEntity entity)
    {
        if (NodeState.Of(known, entity.Node.NodeId) is not { } before)
            return [];
        var said = entity.Properties.ToLookup(pair => RelationKey.Of(pair.Key), pair => ValueKey.Of(pair.Value));
        return [.. before.Properties
            .Where(fact => said.Contains(fact.Fact.LabelKey) && !said[fact.Fact.LabelKey].Contains(fact.Fact.TextKey))
            .Select(fact => new Contradiction(fact.Fact.Label, fact.Fact.Text, fact.Newest.MessageId, null))];
    }

    private List<Contradiction> Contradicted(MergedRelation relation)
    {
        if (relation.Edge.OneOf is not { } group)
            return [];
        var said = plan.Relations.Where(other => other.Edge.OneOf == group && other.From == relation.From)
            .Select(other => other.To.NodeId).ToHashSet();
        return [.. known.OneOf(relation.From.NodeId, group)
            .Where(edge => !said.Contains(edge.TargetId))
            .Select(edge => EdgeState.Of(known, edge))
            .Where(state => state.SupersededBy is null)
            .Select(state => new Contradiction(
                state.Type,
                NodeState.Of(known, state.Edge.TargetId)?.Name ?? "",
                state.Relations.MaxBy(fact => fact.Newest.Id)!.Newest.MessageId,
                state.Edge.EdgeId))];
    }
}
