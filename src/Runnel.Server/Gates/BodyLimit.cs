using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Gates;

/// <summary>Refuses a body that says it is too large, also where nobody would read it. One that does not say so is refused
/// while it is read.</summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this WebApplication app)
    {
        var most = app.Services.GetRequiredService<IOptions<LimitsOptions>>().Value.BodyBytes;
        app.Use((context, next) => context.Request.ContentLength > most ? RefuseAsync(context) : next(context));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        // Many clients read no answer before they have sent everything: Kestrel lets what comes go by for a few seconds, if it may.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return Problems.ForStatus(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
    }
}
