using Microsoft.AspNetCore.Http.Features;

namespace Runnel.Server.Hosting;

/// <summary>
/// The ticket of a request, taken out of its URL before anything could write that down: ASP.NET Core logs URLs with their query
/// before the first middleware runs, at levels that an operator may switch on.
/// </summary>
internal sealed class HiddenTicket
{
    private const string Parameter = "ticket=";

    private HiddenTicket(string text) => Text = text;

    private string Text { get; }

    /// <summary>The ticket that came with a request, or null.</summary>
    public static string? Of(HttpContext http) => http.Features.Get<HiddenTicket>()?.Text;

    /// <summary>Takes it out of the query, and out of the target as it was sent.</summary>
    public static void Hide(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { } request
            || !request.RawTarget.Contains(Parameter, StringComparison.OrdinalIgnoreCase))
            return;
        var (query, ticket) = Split(request.QueryString);
        request.QueryString = query;
        var mark = request.RawTarget.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0)
            request.RawTarget = request.RawTarget[..mark] + query;
        if (ticket is not null)
            features.Set(new HiddenTicket(ticket));
    }

    private static (string Query, string? Ticket) Split(string query)
    {
        var parts = query.TrimStart('?').Split('&');
        var isTicket = parts.ToLookup(part => part.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase));
        var rest = string.Join('&', isTicket[false].Where(part => part.Length > 0));
        var ticket = isTicket[true].FirstOrDefault()?[Parameter.Length..];
        return (rest.Length == 0 ? "" : "?" + rest, ticket is null ? null : Uri.UnescapeDataString(ticket));
    }
}
