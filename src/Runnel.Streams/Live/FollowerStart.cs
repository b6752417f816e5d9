namespace Runnel.Streams.Live;

/// <summary>Where and how a follower begins.</summary>
/// <param name="Number">The number of the last entry that counts as read.</param>
/// <param name="End">The newest number at that moment.</param>
/// <param name="Resync">Why a cursor could not be honoured.</param>
/// <param name="State">The stream's state at that number, as one JSON object.</param>
/// <param name="Replays">Whether it asked for what came before now.</param>
internal sealed record FollowerStart(long Number, long End, ResyncReason Resync, byte[] State, bool Replays);
