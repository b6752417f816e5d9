using System.Security.Claims;

namespace Runnel.Server.Auth.Tickets;

/// <summary>What a ticket says: for whom, until when, and for which conversation alone, if any.</summary>
internal sealed record StreamTicket(ClaimsPrincipal Principal, DateTimeOffset ExpiresAt, string? ThreadId)
{
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Whether it is for this stream: a ticket of one conversation is for no other, and not for all of them.</summary>
    public bool IsFor(string? threadId) => ThreadId is null || ThreadId == threadId;
}
