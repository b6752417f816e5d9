namespace Runnel.Server.Knowledge.Reading;

/// <summary>Which edge it is; its ends by their ids.</summary>
internal sealed record EdgeName(string Id, string Source, string Target, string Type);
