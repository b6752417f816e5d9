using System.Security.Claims;

namespace Runnel.Server.Auth.Tickets;

/// <summary>What a ticket says.</summary>
/// <param name="Principal">Whose it is, and what it is bound to.</param>
/// <param name="ExpiresAt">Until when it opens streams.</param>
/// <param name="Scope">The stream that it is for alone, if any.</param>
/// <param name="EndsAt">When all that it opened ends; null when only what it is bound to ends that.</param>
internal sealed record StreamTicket(ClaimsPrincipal Principal, DateTimeOffset ExpiresAt, TicketScope Scope, DateTimeOffset? EndsAt)
{
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    public bool HasEnded(DateTimeOffset now) => EndsAt <= now;
}
