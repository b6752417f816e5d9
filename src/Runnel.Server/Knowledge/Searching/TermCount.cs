namespace Runnel.Server.Knowledge.Searching;

/// <summary>In how many facts a term is.</summary>
internal sealed record TermCount(int Term, long Facts);
