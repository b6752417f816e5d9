namespace Runnel.Server.Knowledge.Reading;

/// <summary>Which node it is.</summary>
internal sealed record NodeName(string Id, string Name, string Type);
