using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>
/// What a message adds to what is known. Pure: what is known and what was learned go in, what is to be added comes out. An
/// entity is the same as a known one of its type whose name has the same key; what is not usable is left out.
/// </summary>
internal sealed class MergePlan
{
    private readonly KnownGraph _known;
    private readonly Dictionary<string, KnowledgeNode> _named = [];
    private readonly List<MergedEntity> _entities = [];
    private readonly List<MergedRelation> _relations = [];
    private readonly List<LeftOut> _leftOut = [];

    private MergePlan(KnownGraph known, Provenance source) => (_known, Added) = (known, new Additions(known, source));

    public Additions Added { get; }

    /// <summary>Each entity once, in the order of the message, with what was said of it.</summary>
    public IReadOnlyList<MergedEntity> Entities => _entities;

    /// <summary>Each relation once, in the order of the message.</summary>
    public IReadOnlyList<MergedRelation> Relations => _relations;

    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <param name="known">At least the nodes that have a name of the message, the edges between them, and those that these
    /// contradict.</param>
    /// <param name="source">Where it was learned.</param>
    /// <param name="learned">What was learned.</param>
    public static MergePlan Of(KnownGraph known, Provenance source, Learned learned)
    {
        var plan = new MergePlan(known, source);
        foreach (var entity in learned.Entities)
            plan.Add(entity);
        foreach (var relation in learned.Relations)
            plan.Add(relation);
        return plan;
    }

    private void Add(LearnedEntity entity)
    {
        if (StoredWords.Name(entity.Name, MergeLimits.Name) is not { } name)
        {
            _leftOut.Add(new LeftOut(entity.Type.Word(), "invalid_name"));
            return;
        }

        var (key, confidence) = (NameKey.Of(name), Sure(entity.Confidence));
        var node = Added.Node(entity.Type, key);
        _named.TryAdd(key, node);
        Added.Say(node, FactKinds.Name, name, confidence);
        var description = StoredWords.Text(entity.Description, MergeLimits.Description);
        if (description is not null)
            Added.Say(node, FactKinds.Description, description, confidence);
        var properties = new Dictionary<string, string>(
            entity.Properties.Select(Worded).Where(pair => pair.Key is { Length: > 0 } && pair.Value is { Length: > 0 })
                .DistinctBy(pair => RelationKey.Of(pair.Key)).Take(MergeLimits.Properties));
        foreach (var (label, value) in properties)
            Added.Say(node, FactKinds.Property, value, confidence, label);
        Include(new MergedEntity(node, name, description, properties, confidence));
    }

    private static KeyValuePair<string, string> Worded(KeyValuePair<string, string> property) => new(
        StoredWords.Name(property.Key, MergeLimits.Label) ?? "", StoredWords.Text(property.Value, MergeLimits.Value) ?? "");

    /// <summary>What one message says of an entity in two places is said once.</summary>
    private void Include(MergedEntity entity)
    {
        var index = _entities.FindIndex(earlier => earlier.Node == entity.Node);
        if (index < 0)
            _entities.Add(entity);
        else
            _entities[index] = _entities[index].With(entity);
    }

    private void Add(LearnedRelation relation)
    {
        var type = StoredWords.Name(relation.Type, MergeLimits.Label);
        var (from, to) = (End(relation.Source), End(relation.Target));
        var reason = (type, from, to) switch
        {
            (null, _, _) => "invalid_name",
            (_, null, _) or (_, _, null) => "unknown_end",
            _ => from == to ? "self_relation" : null,
        };
        if (reason is not null)
        {
            _leftOut.Add(new LeftOut(Cut($"{relation.Source} {relation.Type} {relation.Target}"), reason));
            return;
        }

        var (edge, confidence) = (Added.Edge(from!.NodeId, to!.NodeId, type!), Sure(relation.Confidence));
        Mention(from, relation.Source, confidence);
        Mention(to, relation.Target, confidence);
        Added.Say(edge, FactKinds.Relation, type!, confidence);
        var description = StoredWords.Text(relation.Description, MergeLimits.Description);
        if (description is not null)
            Added.Say(edge, FactKinds.Description, description, confidence);
        if (!_relations.Exists(earlier => earlier.Edge == edge))
            _relations.Add(new MergedRelation(edge, from, to, type!, confidence));
    }

    /// <summary>Who names the end of a relation names the entity: it stays as long as the relation does.</summary>
    private void Mention(KnowledgeNode node, string name, double confidence) =>
        Added.Say(node, FactKinds.Name, StoredWords.Name(name, MergeLimits.Name)!, confidence);

    /// <summary>Of this message first; else the one that was known first.</summary>
    private KnowledgeNode? End(string name)
    {
        if (StoredWords.Name(name, MergeLimits.Name) is not { } clean)
            return null;
        var key = NameKey.Of(clean);
        return _named.GetValueOrDefault(key)
            ?? _known.Nodes.Where(node => node.NameKey == key)
                .MinBy(node => _known.Of(node.NodeId, FactKinds.Name)[0].First.Id);
    }

    private static string Cut(string text) => StoredWords.Text(text, MergeLimits.Name) ?? "";

    private static double Sure(double confidence) => double.IsNaN(confidence) ? 0 : Math.Clamp(confidence, 0, 1);
}
