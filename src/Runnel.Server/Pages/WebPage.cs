using System.Security.Cryptography;

namespace Runnel.Server.Pages;

/// <summary>The page of the web app, or, where the app was not built, one that says how to build it.</summary>
internal sealed class WebPage(string html)
{
    /// <summary>Stands in the page where the nonce of an answer goes.</summary>
    private const string NoncePlace = "{{nonce}}";

    public static WebPage Load(string contentRoot)
    {
        var pages = Path.Combine(contentRoot, "Pages");
        var app = Path.Combine(pages, "index.html");
        return new WebPage(File.ReadAllText(File.Exists(app) ? app : Path.Combine(pages, "unbuilt.html")));
    }

    public Task AnswerAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        // The nonce is good for this answer only.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = PagePolicy.Write(nonce, PagePolicy.ShowsImages(context.Request));
        response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsync(html.Replace(NoncePlace, nonce, StringComparison.Ordinal), context.RequestAborted);
    }
}
