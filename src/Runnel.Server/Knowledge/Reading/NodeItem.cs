using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>A node as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As it was spelled first.</param>
/// <param name="Type">What it is.</param>
/// <param name="Description">The newest; null when there is none.</param>
/// <param name="Properties">The value of each that was said last.</param>
/// <param name="Confidence">How sure the model was when it was named last, 0 to 1.</param>
/// <param name="MessageId">The message that named it first.</param>
/// <param name="RoundId">The round of that message.</param>
/// <param name="LearnedAt">When.</param>
/// <param name="Superseded">Values of properties that others took the place of.</param>
/// <param name="Sources">The messages that said something of it, the newest first, at most <see cref="FactSource.Most"/>.</param>
internal sealed record NodeItem(
    string Id,
    string Name,
    EntityType Type,
    string? Description,
    IReadOnlyDictionary<string, string> Properties,
    double Confidence,
    string MessageId,
    string RoundId,
    DateTimeOffset LearnedAt,
    IReadOnlyList<SupersededItem> Superseded,
    IReadOnlyList<FactSource> Sources)
{
    public static NodeItem Of(KnownGraph graph, NodeState node)
    {
        var first = node.Names[0].First;
        return new(
            node.Node.NodeId,
            node.Name,
            EntityTypes.Read(node.Node.Type),
            node.Descriptions is [var newest, ..] ? newest.Fact.Text : null,
            node.Properties.ToDictionary(fact => fact.Fact.Label, fact => fact.Fact.Text),
            node.Names.MaxBy(name => name.Newest.Id)!.Newest.Confidence,
            first.MessageId,
            first.RoundId,
            first.LearnedAt,
            [.. node.Superseded.Select(SupersededItem.Of)],
            FactSource.Of(graph.Of(node.Node.NodeId)));
    }
}
