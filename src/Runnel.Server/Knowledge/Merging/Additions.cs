using System.Globalization;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>What a message adds to what is known: each thing once, and nothing that is there.</summary>
internal sealed class Additions(KnownGraph known, Provenance source)
{
    private readonly Dictionary<(EntityType, string), KnowledgeNode> _nodes = [];
    private readonly Dictionary<(string, string, string), KnowledgeEdge> _edges = [];
    private readonly HashSet<(string, string, string, string)> _said = [];

    public List<KnowledgeNode> Nodes { get; } = [];

    public List<KnowledgeEdge> Edges { get; } = [];

    public List<KnowledgeFact> Facts { get; } = [];

    public List<KnowledgeSource> Sources { get; } = [];

    /// <summary>The node of a type and name, known or new.</summary>
    public KnowledgeNode Node(EntityType type, string key)
    {
        if (_nodes.TryGetValue((type, key), out var node))
            return node;
        if ((node = known.FindNode(type, key)) is null)
        {
            Nodes.Add(node = new KnowledgeNode
            {
                NodeId = LearnedId.Of(Human, source.RoundId, type.Word(), key),
                DigitalHumanId = source.DigitalHumanId,
                Type = type.Word(),
                NameKey = key,
                CreatedAt = source.At,
            });
        }

        return _nodes[(type, key)] = node;
    }

    /// <summary>The edge of a type between two nodes, known or new.</summary>
    public KnowledgeEdge Edge(string from, string to, string type)
    {
        var key = RelationKey.Of(type);
        if (_edges.TryGetValue((from, to, key), out var edge))
            return edge;
        if ((edge = known.FindEdge(from, to, key)) is null)
        {
            Edges.Add(edge = new KnowledgeEdge
            {
                EdgeId = LearnedId.Of(source.RoundId, from, to, key),
                DigitalHumanId = source.DigitalHumanId,
                SourceId = from,
                TargetId = to,
                TypeKey = key,
                OneOf = OneAtATime.Of(key),
                CreatedAt = source.At,
            });
        }

        return _edges[(from, to, key)] = edge;
    }

    public void Say(KnowledgeNode node, string kind, string text, double confidence, string label = "") =>
        Say(node.NodeId, null, kind, (label, text), confidence);

    public void Say(KnowledgeEdge edge, string kind, string text, double confidence) =>
        Say(null, edge.EdgeId, kind, ("", text), confidence);

    /// <summary>Names and types that are spelled the same count as one; a name in other letters is another fact, which brings the
    /// same node to other words of a search.</summary>
    private void Say(string? node, string? edge, string kind, (string Label, string Text) words, double confidence)
    {
        var (about, label, key) = (node ?? edge!, RelationKey.Of(words.Label), ValueKey.Of(words.Text));
        if (!_said.Add((about, kind, label, key)))
            return;
        var said = known.Of(about).FirstOrDefault(
            fact => fact.Fact.Kind == kind && fact.Fact.LabelKey == label && fact.Fact.TextKey == key);
        var id = said?.Fact.FactId ?? LearnedId.Of(source.RoundId, about, kind, label, key);
        if (said is null)
        {
            Facts.Add(new KnowledgeFact
            {
                FactId = id,
                DigitalHumanId = source.DigitalHumanId,
                NodeId = node,
                EdgeId = edge,
                Kind = kind,
                Label = words.Label,
                LabelKey = label,
                Text = words.Text,
                TextKey = key,
            });
        }

        if (said?.Sources.Any(earlier => earlier.MessageId == source.MessageId) != true)
            Sources.Add(NewSource(id, confidence));
    }

    private string Human => source.DigitalHumanId.ToString(CultureInfo.InvariantCulture);

    private KnowledgeSource NewSource(string factId, double confidence) => new()
    {
        FactId = factId,
        DigitalHumanId = source.DigitalHumanId,
        MessageId = source.MessageId,
        RoundId = source.RoundId,
        Confidence = confidence,
        LearnedAt = source.At,
    };
}
