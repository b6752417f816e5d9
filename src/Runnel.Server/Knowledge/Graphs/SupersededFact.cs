namespace Runnel.Server.Knowledge.Graphs;

/// <summary>A value that another one of the same property has taken the place of.</summary>
internal sealed record SupersededFact(SaidFact Older, SaidFact Newer);
