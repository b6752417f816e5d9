using Microsoft.AspNetCore.StaticFiles;

namespace Runnel.Server.Pages;

/// <summary>Serves the web app: its page at each of its routes, and the files that the page asks for.</summary>
internal static class WebApp
{
    /// <summary>What the app shows, each with a path of its own. Anything else that nobody knows is 404.</summary>
    private static readonly string[] Routes =
    [
        "/", "/index.html", "/c/{threadId}", "/humans/{**place}", "/settings/{section?}", "/streams",
    ];

    /// <summary>Files with a hash in their name never change; all others are asked for again.</summary>
    public static void UseWebFiles(this WebApplication app)
    {
        app.UsePackedFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = PackedFiles.KnownTypes(),
            OnPrepareResponse = SayHowLongItIsGood,
        });
    }

    public static void MapWebApp(this WebApplication app)
    {
        var page = WebPage.Load(app.Environment.ContentRootPath);
        foreach (var route in Routes)
            app.MapMethods(route, ["GET", "HEAD"], page.AnswerAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static void SayHowLongItIsGood(StaticFileResponseContext context)
    {
        var isHashed = context.Context.Request.Path.StartsWithSegments("/assets");
        context.Context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        PackedFiles.Describe(context);
    }
}
