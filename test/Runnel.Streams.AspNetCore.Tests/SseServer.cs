using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests;

/// <summary>The smallest application that shows streams, on Kestrel, with a clock that the test moves.</summary>
internal sealed class SseServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SseServer(WebApplication app) => _app = app;

    public ManualTime Time { get; private init; } = new();

    /// <summary>What ends the streams that are opened from now on.</summary>
    public CancellationToken Revoked { get; set; }

    /// <summary>Until when the streams that are opened from now on may be read.</summary>
    public DateTimeOffset? AllowedUntil { get; set; }

    public IServiceProvider Services => _app.Services;

    public IEventStreams Streams => _app.Services.GetRequiredService<IEventStreams>();

    public SseStreams Sse => _app.Services.GetRequiredService<SseStreams>();

    /// <summary>Speaks HTTP/1.1.</summary>
    public Uri Http1 => new(_app.Urls.First());

    /// <summary>Speaks HTTP/2 without TLS.</summary>
    public Uri Http2 => new(_app.Urls.Last());

    public static async Task<SseServer> StartAsync(Action<SseOptions>? configure = null, IStreamStore? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var time = new ManualTime();
        builder.Services.AddSingleton<TimeProvider>(time);
        if (store is not null)
            builder.Services.AddSingleton(store);
        builder.Services.AddRunnelStreams().UseInMemory().AddServerSentEvents(configure);
        var app = builder.Build();
        var server = new SseServer(app) { Time = time };
        app.MapMethods("/streams/{**name}", ["GET", "HEAD"], server.FollowAsync);
        app.MapGet("/busy", (HttpContext http, SseStreams sse) => sse.RefuseAsync(http, busy: true));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public Task<AppendReceipt> AppendAsync(params NewEvent[] events) => AppendAsync(Sample.Stream, events);

    public Task<AppendReceipt> AppendAsync(StreamName stream, params NewEvent[] events) =>
        Streams.AppendAsync(new Append(stream, events) { Owner = Sample.Owner }).WithinPatience();

    public Task<SseClient> OpenAsync(string query = "", string? lastEventId = null, StreamName? stream = null) =>
        SseClient.OpenAsync(new Uri(Http1, $"/streams/{stream ?? Sample.Stream}{query}"), lastEventId);

    public async ValueTask DisposeAsync()
    {
        Sse.Drain();
        await _app.DisposeAsync();
    }

    private async Task FollowAsync(HttpContext http, string name, SseStreams sse)
    {
        var stream = new StreamName(name);
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var request = new EventStreamRequest
        {
            Stream = stream,
            Start = start,
            Accumulated = SseRequest.WantsAccumulated(http.Request),
            Pings = SseRequest.WantsPings(http.Request),
            Describe = writer => writer.WriteString("thread_id", "天"),
            Revoked = Revoked,
            AllowedUntil = AllowedUntil,
            Shows = http.Request.Query.ContainsKey("some") ? next => next.Name != "other" : null,
            EndsAfter = http.Request.Query.ContainsKey("once") ? next => next.Name == "ended" : null,
        };
        if (!await sse.TryRunAsync(http, request))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
