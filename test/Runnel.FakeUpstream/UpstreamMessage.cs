namespace Runnel.Fakes;

public sealed record UpstreamMessage(string Role, string Content);
