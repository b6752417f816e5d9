namespace Runnel.Server.Transfer;

/// <summary>Which tables of the server go from one database to another, beside the log. A new table is named here, in one of the
/// two lists; a test says so when it is not.</summary>
internal static class CarriedTables
{
    /// <summary>A table stands after those that its rows refer to.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
    [
        "users", "user_claims", "user_logins", "user_tokens", "data_protection_keys", "sessions", "api_keys",
        "conversations", "messages", "turns", "deleted_conversations", "owner_streams",
        "digital_humans", "deleted_digital_humans",
        "knowledge_graphs", "knowledge_nodes", "knowledge_edges", "knowledge_facts", "knowledge_sources",
        "training_rounds", "training_steps",
    ];

    /// <summary>What says how this database was made, who writes it, and what servers count just now. The tables of the log go as
    /// streams and segments, the search of knowledge is made anew from the facts.</summary>
    public static IReadOnlySet<string> Left { get; } = new HashSet<string>
    {
        "migrations", "streams", "segments", "journal", "writer", "writers", "beats",
        "allowances", "failed_logins", "open_streams",
    };

    /// <summary>A table without what says which process has a row in hand: none of those where it arrives. What nobody has is
    /// taken up at a start.</summary>
    public static Table Of(string name, IEnumerable<Column> columns) =>
        new(name, [.. columns.Where(column => column.Name != "incarnation")]);
}
