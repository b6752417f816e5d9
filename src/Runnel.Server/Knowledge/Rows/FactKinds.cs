namespace Runnel.Server.Knowledge.Rows;

/// <summary>What a fact says of its node or edge.</summary>
internal static class FactKinds
{
    /// <summary>A spelling of a node's name.</summary>
    public const string Name = "name";

    public const string Description = "description";

    /// <summary>A value of a property of a node.</summary>
    public const string Property = "property";

    /// <summary>That an edge is there, with a spelling of its type.</summary>
    public const string Relation = "relation";
}
