namespace Runnel.Server.Hosting;

/// <summary>The answer of a health check that went well.</summary>
internal sealed record HealthAnswer(string Status);
