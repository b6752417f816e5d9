using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Runnel.Server.Gates;
using Runnel.Server.Hosting;

namespace Runnel.Server.Auth.Tickets;

/// <summary>Lets in who has a ticket: to a GET of an event stream, and nowhere else.</summary>
internal sealed class TicketScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    StreamTickets tickets,
    TicketCookie cookie,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ticket";

    /// <summary>Whether a request is answered by its ticket; elsewhere one is as if it were not there.</summary>
    public static bool IsFor(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && HiddenTicket.Of(http) is not null
        && http.GetEndpoint()?.Metadata.GetMetadata<EventStreamMark>() is not null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <summary>The one that the stream is asked for; null for none, and for what is no id.</summary>
    private long? DigitalHumanId() =>
        long.TryParse(Request.Query["digital_human_id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private AuthenticateResult Authenticate()
    {
        var text = HiddenTicket.Of(Context)!;
        if (tickets.Read(text) is not { } ticket || !ticket.Scope.Has(Request.RouteValues["threadId"] as string, DigitalHumanId()))
            return AuthenticateResult.Fail("No ticket for this stream.");
        var now = time.GetUtcNow();
        if (ticket.HasEnded(now) || (ticket.HasExpired(now) && !cookie.IsWith(Request, text)))
            return AuthenticateResult.Fail("The ticket has expired.");
        Response.OnStarting(() =>
        {
            // Only a stream that opens: a ticket of a session that has ended goes on being good for nothing.
            if (Response.StatusCode == StatusCodes.Status200OK)
                cookie.Give(Context, text);
            return Task.CompletedTask;
        });
        var properties = new AuthenticationProperties { ExpiresUtc = ticket.EndsAt };
        return AuthenticateResult.Success(new AuthenticationTicket(ticket.Principal, properties, Name));
    }
}
