using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Runnel.Server.Auth.Tickets;

/// <summary>
/// A browser's <c>EventSource</c> reconnects by itself to the same URL, with a ticket that has expired by then. So whoever opens a
/// stream with a good one gets a cookie for that path, named after the ticket, with which it goes on being good there: for this
/// browser, and not for whoever finds the URL in a log. Thread-safe.
/// </summary>
internal sealed class TicketCookie(IDataProtectionProvider protection)
{
    private const string Prefix = "runnel_ticket_";

    // Of one path, in one browser: each is some 200 bytes of a header that has room for 32 kB.
    private const int MostOfOnePath = 16;

    // Longer than a stream lives; every opening renews it.
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly IDataProtector _protector = protection.CreateProtector("Runnel.StreamTicketCookie.1");

    /// <summary>Whether the browser opened a stream with this ticket before.</summary>
    public bool IsWith(HttpRequest request, string ticket)
    {
        if (request.Cookies[NameOf(ticket)] is not { } text)
            return false;
        try
        {
            return CryptographicOperations.FixedTimeEquals(
                _protector.Unprotect(WebEncoders.Base64UrlDecode(text)), Mark(ticket));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public void Give(HttpContext http, string ticket)
    {
        var name = NameOf(ticket);
        var options = OptionsFor(http.Request);
        foreach (var old in Surplus(http.Request, name))
            http.Response.Cookies.Delete(old, options);
        options.MaxAge = Life;
        http.Response.Cookies.Append(name, WebEncoders.Base64UrlEncode(_protector.Protect(Mark(ticket))), options);
    }

    // A page of another site gets it back only if it is SameSite=None, which browsers take over TLS alone.
    private static CookieOptions OptionsFor(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        Path = (request.PathBase + request.Path).ToUriComponent(),
    };

    private static IEnumerable<string> Surplus(HttpRequest request, string own)
    {
        var others = request.Cookies.Keys
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name != own).ToList();
        return others.Take(Math.Max(0, others.Count + 1 - MostOfOnePath));
    }

    private static string NameOf(string ticket) => Prefix + WebEncoders.Base64UrlEncode(Mark(ticket).AsSpan(0, 12));

    private static byte[] Mark(string ticket) => SHA256.HashData(Encoding.UTF8.GetBytes(ticket));
}
