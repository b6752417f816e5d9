using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Configuration;

namespace Runnel.Server.Auth.Tickets;

/// <summary>Makes tickets and reads them; they are signed and encrypted, and nothing is stored. Thread-safe.</summary>
internal sealed class StreamTickets(
    IDataProtectionProvider protection, IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Thread = "thread";
    private const string DigitalHuman = "digital_human";

    // Nothing that was made for another purpose can be read as a ticket.
    private readonly TicketDataFormat _format = new(protection.CreateProtector("Runnel.StreamTicket.1"));

    public (string Text, DateTimeOffset ExpiresAt) Issue(ClaimsPrincipal caller, TicketScope scope)
    {
        var expiresAt = time.GetUtcNow() + options.Value.TicketLife;
        var properties = new AuthenticationProperties { ExpiresUtc = expiresAt };
        // What is null would come back as an empty text, which names no conversation.
        if (scope.ThreadId is { } threadId)
            properties.Items[Thread] = threadId;
        if (scope.DigitalHumanId is { } human)
            properties.Items[DigitalHuman] = human.ToString(CultureInfo.InvariantCulture);
        var ticket = new AuthenticationTicket(SessionClaims.ForTicket(caller, TicketScheme.Name), properties, TicketScheme.Name);
        return (_format.Protect(ticket), expiresAt);
    }

    /// <summary>What a ticket says, also when it has expired; null for what is none.</summary>
    public StreamTicket? Read(string text) =>
        _format.Unprotect(text) is { Properties.ExpiresUtc: { } expiresAt } ticket
            ? new StreamTicket(ticket.Principal, expiresAt, ScopeOf(ticket.Properties.Items))
            : null;

    private static TicketScope ScopeOf(IDictionary<string, string?> items) => new(
        items.TryGetValue(Thread, out var thread) ? thread : null,
        items.TryGetValue(DigitalHuman, out var human) ? long.Parse(human!, CultureInfo.InvariantCulture) : null);
}
