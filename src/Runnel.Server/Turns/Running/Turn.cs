using Runnel.Server.Models;

namespace Runnel.Server.Turns.Running;

/// <summary>A message and its answer.</summary>
internal sealed record Turn(
    string TurnId,
    string ThreadId,
    string OwnerId,
    string UserMessageId,
    string MessageId,
    ConfiguredModel Model);
