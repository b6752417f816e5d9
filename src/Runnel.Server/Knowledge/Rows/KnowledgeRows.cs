using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Knowledge.Rows;

/// <summary>The statements by which knowledge goes, to commit with what makes it go.</summary>
internal static class KnowledgeRows
{
    /// <summary>What a message said goes with it; what others said too stays. Whoever deletes text should have it erased, see
    /// <see cref="Erasure"/>.</summary>
    public static IEnumerable<Participant> DeleteLearnedFrom(long digitalHumanId, string messageId)
    {
        var values = new Dictionary<string, object?> { ["human"] = digitalHumanId, ["message"] = messageId };
        return
        [
            Delete("sources", "knowledge_sources where digital_human_id = @human and message_id = @message", values),
            Delete("facts", $"knowledge_facts where {Lost("knowledge_sources", "fact_id = knowledge_facts.fact_id")}", values),
            Delete("edges", $"knowledge_edges where {Lost("knowledge_facts", "edge_id = knowledge_edges.edge_id")}", values),
            Delete("nodes", $"knowledge_nodes where {Lost("knowledge_facts", "node_id = knowledge_nodes.node_id")}", values),
            Changed(digitalHumanId),
        ];
    }

    /// <summary>Whoever has read what is known, and writes, is refused.</summary>
    private static Participant Changed(long digitalHumanId) => new(
        "knowledge",
        "update knowledge_graphs set version = version + 1 where digital_human_id = @human",
        new Dictionary<string, object?> { ["human"] = digitalHumanId },
        ExpectedRows: null);

    private static string Lost(string table, string where) =>
        $"digital_human_id = @human and not exists (select 1 from {table} where {where})";

    private static Participant Delete(string name, string from, Dictionary<string, object?> values) =>
        Statement.Of($"knowledge's {name}", $"delete from {from}", values, expectedRows: null);
}
