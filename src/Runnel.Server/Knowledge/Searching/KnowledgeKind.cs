namespace Runnel.Server.Knowledge.Searching;

/// <summary>What a fact that was found stands for.</summary>
internal enum KnowledgeKind
{
    Node,
    Edge,
}
