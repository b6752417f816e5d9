namespace Runnel.Server.Auth.Keys;

/// <summary>A key that a program of a user comes with.</summary>
internal sealed class ApiKey
{
    public required string KeyId { get; init; }

    public required string UserId { get; init; }

    public required string Name { get; init; }

    public required string KeyHash { get; init; }

    /// <summary>The end of the key, by which people tell one from another.</summary>
    public required string Hint { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was used last, within ten minutes or so.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
