using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting.Start;

namespace Runnel.Server.Hosting;

/// <summary>What every request passes, whatever it is about.</summary>
internal static class HostingFeature
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var limits = ConfiguredOptions.Read<LimitsOptions>(builder.Configuration, "Limits");
        // A flush sends at once on its own thread, which costs a token a fifth less than handing it to another. Nothing that runs
        // between a socket and a response waits by blocking.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            // Who sends a header byte by byte holds a connection, and nothing else, for so long.
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });
        TicketHidingServer.Wrap(builder.Services);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService<ReadyLine>();
        builder.Services.AddHostedService<SecondSignal>();
        builder.Services.AddJsonFormat();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddHealthChecks();
        // Without it a body that cannot be bound answers 400 and says nothing.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>, IOptions<DatabaseOptions>>(
            (host, shutdown, database) => host.ShutdownTimeout =
                shutdown.Value.Grace(database.Value.Provider == DatabaseProvider.Postgres) + TimeSpan.FromSeconds(5));
    }

    /// <summary>Comes first in the pipeline, so that it sees what everything after it throws or leaves without a body.</summary>
    public static void UseHosting(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Unhandled });
        app.UseStatusCodePages(context =>
            Problems.ForStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    private static Task Unhandled(HttpContext context) => Problems.Internal().ExecuteAsync(context);
}
