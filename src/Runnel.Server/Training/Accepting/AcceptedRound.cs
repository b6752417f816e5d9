using Runnel.Streams.Events;

namespace Runnel.Server.Training.Accepting;

/// <summary>A round that was accepted: its message is saved, and this position lies before its first event.</summary>
/// <param name="RoundId">The round.</param>
/// <param name="Before">In the stream of its digital human.</param>
/// <param name="EndedAt">The number of the event that ended it; null while it has not.</param>
internal sealed record AcceptedRound(string RoundId, Cursor Before, long? EndedAt);
