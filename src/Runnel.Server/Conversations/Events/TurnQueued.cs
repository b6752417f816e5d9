using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>turn_queued</c>: where a turn stands among those that wait, counted from 1. It comes again when the place
/// changes.</summary>
internal sealed record TurnQueued(string ThreadId, string TurnId, int Position)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Queued;
}
