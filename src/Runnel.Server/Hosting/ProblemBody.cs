namespace Runnel.Server.Hosting;

/// <summary>The JSON of a <see cref="Problem"/>.</summary>
internal sealed record ProblemBody(string Title, int Status, string Detail, string Code, string TraceId);
