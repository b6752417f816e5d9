namespace Runnel.Server.Models;

/// <summary>What an answer took, in tokens; estimated where the model did not say.</summary>
internal sealed record Usage(long InputTokens, long OutputTokens, bool Estimated);
