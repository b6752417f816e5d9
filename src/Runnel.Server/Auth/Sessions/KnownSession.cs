namespace Runnel.Server.Auth.Sessions;

/// <summary>What is remembered of a session.</summary>
/// <param name="ExpiresAt">When it ends if it is not used any more.</param>
/// <param name="SeenAt">When it was used last, as its row says.</param>
/// <param name="HasEnded">Whether it was revoked, or is not there.</param>
/// <param name="ReadAt">When this was read, as a timestamp.</param>
internal sealed record KnownSession(DateTimeOffset ExpiresAt, DateTimeOffset SeenAt, bool HasEnded, long ReadAt)
{
    public static KnownSession Ended(long readAt) => new(default, default, HasEnded: true, readAt);
}
