namespace Runnel.Server.Knowledge.Searching;

/// <summary>A fact that has some of the terms.</summary>
/// <param name="NodeId">What it is about; null where that is an edge.</param>
/// <param name="EdgeId">The same.</param>
/// <param name="Score">How well it fits; the higher the better.</param>
internal sealed record Hit(string? NodeId, string? EdgeId, double Score)
{
    public string About => NodeId ?? EdgeId!;
}
