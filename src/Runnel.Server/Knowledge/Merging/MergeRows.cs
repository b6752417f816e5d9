using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>The statements that store what a message adds. The first ones refuse when anything changed since it was planned.</summary>
internal static class MergeRows
{
    public static IReadOnlyList<Participant> Of(long digitalHumanId, long version, Additions added)
    {
        if (added.Sources.Count == 0)
            return [];
        var tokens = new FactTokens(digitalHumanId, added.Nodes);
        return
        [
            .. Unchanged(digitalHumanId, version),
            .. added.Nodes.Select(Insert),
            .. added.Edges.Select(Insert),
            .. added.Facts.Select(fact => Insert(fact, tokens.Of(fact))),
            .. added.Sources.Select(Insert),
        ];
    }

    private static IEnumerable<Participant> Unchanged(long digitalHumanId, long version)
    {
        var values = new Dictionary<string, object?> { ["human"] = digitalHumanId, ["version"] = version };
        yield return Statement.Of(
            "digital human",
            "update digital_humans set updated_at = updated_at where id = @human and deleted_at is null",
            values);
        yield return Statement.Of(
            "knowledge",
            """
            insert into knowledge_graphs (digital_human_id, version) values (@human, 0)
            on conflict (digital_human_id) do nothing
            """,
            values,
            expectedRows: null);
        yield return Statement.Of(
            KnowledgeMerge.Unchanged,
            """
            update knowledge_graphs set version = version + 1
            where digital_human_id = @human and version = @version
            """,
            values);
    }

    private static Participant Insert(KnowledgeNode node) => new(
        "knowledge's node",
        """
        insert into knowledge_nodes (node_id, digital_human_id, type, name_key, created_at)
        values (@id, @human, @type, @key, @now)
        """,
        new Dictionary<string, object?>
        {
            ["id"] = node.NodeId,
            ["human"] = node.DigitalHumanId,
            ["type"] = node.Type,
            ["key"] = node.NameKey,
            ["now"] = UtcText.Write(node.CreatedAt),
        });

    private static Participant Insert(KnowledgeEdge edge) => new(
        "knowledge's edge",
        """
        insert into knowledge_edges (edge_id, digital_human_id, source_id, target_id, type_key, one_of, created_at)
        values (@id, @human, @source, @target, @key, @one_of, @now)
        """,
        new Dictionary<string, object?>
        {
            ["id"] = edge.EdgeId,
            ["human"] = edge.DigitalHumanId,
            ["source"] = edge.SourceId,
            ["target"] = edge.TargetId,
            ["key"] = edge.TypeKey,
            ["one_of"] = edge.OneOf,
            ["now"] = UtcText.Write(edge.CreatedAt),
        });

    private static Participant Insert(KnowledgeFact fact, string tokens) => new(
        "knowledge's fact",
        """
        insert into knowledge_facts
          (fact_id, digital_human_id, node_id, edge_id, kind, label, label_key, text, text_key, tokens)
        values (@id, @human, @node, @edge, @kind, @label, @label_key, @text, @text_key, @tokens)
        """,
        new Dictionary<string, object?>
        {
            ["id"] = fact.FactId,
            ["human"] = fact.DigitalHumanId,
            ["node"] = fact.NodeId,
            ["edge"] = fact.EdgeId,
            ["kind"] = fact.Kind,
            ["label"] = fact.Label,
            ["label_key"] = fact.LabelKey,
            ["text"] = fact.Text,
            ["text_key"] = fact.TextKey,
            ["tokens"] = tokens,
        });

    private static Participant Insert(KnowledgeSource source) => new(
        "knowledge's source",
        """
        insert into knowledge_sources (fact_id, digital_human_id, message_id, round_id, confidence, learned_at)
        values (@fact, @human, @message, @round, @confidence, @now)
        """,
        new Dictionary<string, object?>
        {
            ["fact"] = source.FactId,
            ["human"] = source.DigitalHumanId,
            ["message"] = source.MessageId,
            ["round"] = source.RoundId,
            ["confidence"] = source.Confidence,
            ["now"] = UtcText.Write(source.LearnedAt),
        });
}
