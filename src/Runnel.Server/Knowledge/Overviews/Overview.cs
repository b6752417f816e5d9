namespace Runnel.Server.Knowledge.Overviews;

/// <summary>What a digital human knows, from far away.</summary>
/// <param name="Statistics">In numbers.</param>
/// <param name="Names">By type, what was learned last, the newest first.</param>
internal sealed record Overview(KnowledgeStatistics Statistics, IReadOnlyDictionary<string, IReadOnlyList<string>> Names);
