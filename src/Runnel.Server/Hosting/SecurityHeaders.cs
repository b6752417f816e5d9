namespace Runnel.Server.Hosting;

/// <summary>What browsers must know before they trust a page of ours. On every answer, since any may be shown as a page;
/// and nothing of the API may stay in a cache.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'self'; object-src 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            var headers = response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            // Over plain HTTP browsers ignore it, and on this machine it would outlive the server that said it.
            if (response.HttpContext.Request.IsHttps && !IsThisMachine(response.HttpContext.Request.Host.Host))
                headers.StrictTransportSecurity = "max-age=31536000";
            if (headers.CacheControl.Count == 0 && response.HttpContext.Request.Path.StartsWithSegments("/api"))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}
