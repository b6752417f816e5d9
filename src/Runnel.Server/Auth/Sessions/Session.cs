namespace Runnel.Server.Auth.Sessions;

/// <summary>One sign-in. Cookies and tokens name it, and are worth nothing once it has ended.</summary>
internal sealed class Session
{
    public required string SessionId { get; init; }

    public required string UserId { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was used last, within ten minutes or so.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends if it is not used any more.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the browser or program called itself, shortened.</summary>
    public required string Client { get; init; }

    public required string Address { get; init; }

    /// <summary>The number of the refresh token that is good now.</summary>
    public long RefreshNumber { get; init; }

    /// <summary>When that one took the place of the one before.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
