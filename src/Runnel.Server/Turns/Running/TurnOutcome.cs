using Runnel.Server.Models;

namespace Runnel.Server.Turns.Running;

/// <summary>What a turn ended with.</summary>
internal sealed record TurnOutcome(string Status, string Content, string Reasoning, Usage Usage)
{
    public string? FinishReason { get; init; }
}
