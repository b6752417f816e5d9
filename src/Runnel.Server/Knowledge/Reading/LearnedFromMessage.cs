namespace Runnel.Server.Knowledge.Reading;

/// <summary>What is still known of what a message said.</summary>
internal sealed record LearnedFromMessage(IReadOnlyList<NodeName> Nodes, IReadOnlyList<EdgeName> Edges);
