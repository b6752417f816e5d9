namespace Runnel.Server.Knowledge.Changes;

/// <summary>What was known, and is now superseded.</summary>
/// <param name="What">The name of the property, or the type of the relation.</param>
/// <param name="Value">The value that the property had, or the name of the node that the relation led to.</param>
/// <param name="MessageId">The message that said so last.</param>
/// <param name="EdgeId">The edge; null for a property.</param>
internal sealed record Contradiction(string What, string Value, string MessageId, string? EdgeId);
