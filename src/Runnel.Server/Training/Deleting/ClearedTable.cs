using System.Globalization;

namespace Runnel.Server.Training.Deleting;

/// <summary>A table with rows of digital humans.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Slice">How many rows go at once: what takes some milliseconds.</param>
internal sealed record ClearedTable(string Name, string Key, int Slice)
{
    /// <summary>Each before those that it refers to, so that no row takes others with it.</summary>
    public static IReadOnlyList<ClearedTable> All { get; } =
    [
        new("knowledge_sources", "id", 200),
        // Their words are taken out of the search one by one.
        new("knowledge_facts", "id", 15),
        new("knowledge_edges", "edge_id", 200),
        new("knowledge_nodes", "node_id", 200),
        // With what they learned, and with their steps: long texts.
        new("training_rounds", "round_id", 20),
    ];

    /// <summary>Deletes a slice of what is of the digital human <c>{0}</c>.</summary>
    public string Delete { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        delete from {{Name}} where {{Key}} in (select {{Key}} from {{Name}} where digital_human_id = {0} limit {{Slice}})
        """);

    /// <summary>Finds something of it.</summary>
    public string Find { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        select 1 as "Value" from {{Name}} where digital_human_id = {0}
        """);
}
