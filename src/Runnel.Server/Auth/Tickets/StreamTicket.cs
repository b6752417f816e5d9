using System.Security.Claims;

namespace Runnel.Server.Auth.Tickets;

/// <summary>What a ticket says: for whom, until when, and for which stream alone, if any.</summary>
internal sealed record StreamTicket(ClaimsPrincipal Principal, DateTimeOffset ExpiresAt, TicketScope Scope)
{
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}
