using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>Who may come in: <c>Auth:*</c>.</summary>
internal sealed class AuthOptions
{
    /// <summary>Whether anybody may make an account.</summary>
    public bool AllowRegistration { get; set; } = true;

    [Range(0.01, 1440)]
    public double AccessTokenMinutes { get; set; } = 60;

    /// <summary>How long an access token is good, and a stream that it opened.</summary>
    public TimeSpan AccessToken => TimeSpan.FromMinutes(AccessTokenMinutes);

    [Range(0.1, 3600)]
    public double TicketSeconds { get; set; } = 60;

    /// <summary>How long a ticket opens streams; those that it opened live on.</summary>
    public TimeSpan TicketLife => TimeSpan.FromSeconds(TicketSeconds);

    /// <summary>Rounds of PBKDF2 for a password. Fewer are for tests; stored hashes carry their own number.</summary>
    [Range(1000, 10_000_000)]
    public int PasswordIterations { get; set; } = 100_000;
}
