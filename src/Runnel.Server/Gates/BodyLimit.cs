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
                return RefuseAsync(context);
            if (context.Request.ContentLength is null && MayBeOfAnyLength(context))
                context.Request.Body = new CountedBody(context.Request.Body, most);
            return next(context);
        });
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        var canRead = MayBeOfAnyLength(context);
        await Problems.ForStatus(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
        await context.Response.CompleteAsync();
        // Who asks first whether to send is told not to.
        if (canRead && context.Request.Headers.Expect.Count == 0)
            await RestOfBody.LetGoByAsync(context.Request.Body);
    }

    /// <summary>Whether there is a body that Kestrel, which would cut the connection in the middle of it, leaves to us.</summary>
    private static bool MayBeOfAnyLength(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } size)
            return false;
        size.MaxRequestBodySize = null;
        return true;
    }
}
