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
        app.Use((context, next) =>
        {
            if (context.Request.ContentLength > most)
            {
                LetGoBy(context);
                return Problems.ForStatus(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
            }

            if (context.Request.ContentLength is null && LetGoBy(context))
                context.Request.Body = new CountedBody(context.Request.Body, most);
            return next(context);
        });
    }

    /// <summary>Many clients read no answer before they have sent everything: Kestrel lets what nobody reads go by for a few
    /// seconds, if it may.</summary>
    private static bool LetGoBy(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } size)
            return false;
        size.MaxRequestBodySize = null;
        return true;
    }
}
