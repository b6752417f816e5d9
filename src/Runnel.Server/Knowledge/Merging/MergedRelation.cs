using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>A relation of one message, with its ends.</summary>
internal sealed record MergedRelation(
    KnowledgeEdge Edge, KnowledgeNode From, KnowledgeNode To, string Type, double Confidence);
