using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth.Tickets;

/// <summary>Makes tickets and reads them; they are signed and encrypted, and nothing is stored. Thread-safe.</summary>
internal sealed class StreamTickets(
    IDataProtectionProvider protection, IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Thread = "thread";
    private const string DigitalHuman = "digital_human";
    private const string EndsAt = "ends";

    // Nothing that was made for another purpose can be read as a ticket.
    private readonly TicketDataFormat _format = new(protection.CreateProtector("Runnel.StreamTicket.1"));

    /// <param name="caller">Who asks for it.</param>
    /// <param name="callersEnd">When what the caller came with expires; null for never.</param>
    /// <param name="scope">The stream that it is for alone.</param>
    public (string Text, DateTimeOffset ExpiresAt) Issue(ClaimsPrincipal caller, DateTimeOffset? callersEnd, TicketScope scope)
    {
        var expiresAt = time.GetUtcNow() + options.Value.TicketLife;
        var properties = new AuthenticationProperties { ExpiresUtc = expiresAt };
        // What is null would come back as an empty text, which names no conversation.
        if (scope.ThreadId is { } threadId)
            properties.Items[Thread] = threadId;
        if (scope.DigitalHumanId is { } human)
            properties.Items[DigitalHuman] = human.ToString(CultureInfo.InvariantCulture);
        if (TicketBond.EndsWithCaller(caller) && callersEnd is { } end)
            properties.Items[EndsAt] = UtcText.Write(end);
        var ticket = new AuthenticationTicket(TicketBond.Of(caller), properties, TicketScheme.Name);
        return (_format.Protect(ticket), expiresAt);
    }

    /// <summary>What a ticket says, also when it has expired; null for what is none.</summary>
    public StreamTicket? Read(string text) =>
        _format.Unprotect(text) is { Properties.ExpiresUtc: { } expiresAt } ticket
            ? new StreamTicket(
                ticket.Principal,
                expiresAt,
                ScopeOf(ticket.Properties),
                ticket.Properties.GetString(EndsAt) is { } end ? UtcText.Read(end) : null)
            : null;

    private static TicketScope ScopeOf(AuthenticationProperties said) => new(
        said.GetString(Thread),
        said.GetString(DigitalHuman) is { } human ? long.Parse(human, CultureInfo.InvariantCulture) : null);
}
