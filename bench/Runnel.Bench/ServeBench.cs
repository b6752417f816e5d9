using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Bench;

/// <summary>The log behind HTTP, without a model: a load client publishes and follows.</summary>
internal static class ServeBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // As the server does it; --inline=false for comparing.
        builder.WebHost.UseSockets(sockets =>
            sockets.UnsafePreferInlineScheduling = builder.Configuration.GetValue("inline", true));
        var directory = builder.Configuration["dir"] ?? Path.Combine(Path.GetTempPath(), "runnel-bench");
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        builder.Services.AddRunnelStreams()
            .UseSqlite(
                Path.Combine(directory, "log.db"),
                Enum.Parse<SqliteDurability>(builder.Configuration["durability"] ?? "Full"))
            .AddServerSentEvents();
        var app = builder.Build();
        app.MapPost("/publish/{topic}", PublishAsync);
        app.MapGet("/memory", Memory);
        app.MapGet("/hold", HoldAsync);
        app.MapEventStream("/follow/{topic}", http => NameOf((string)http.Request.RouteValues["topic"]!));
        await app.StartAsync();
        await MakeTopicsAsync(app.Services.GetRequiredService<IEventStreams>(), builder.Configuration.GetValue("topics", 1));
        await PublishOwnAsync(app, builder.Configuration);
        return 0;
    }

    /// <summary>Publishes without any request until the process is told to stop, as turns do: each event carries when it was
    /// made and its number in its topic, as the load client reads them.</summary>
    private static async Task PublishOwnAsync(WebApplication app, ConfigurationManager configuration)
    {
        var (rate, topics) = (configuration.GetValue("rate", 0), configuration.GetValue("topics", 1));
        var stopping = app.Lifetime.ApplicationStopping;
        if (rate > 0)
        {
            var publisher = new OwnPublisher(app.Services.GetRequiredService<IEventStreams>(), NameOf, topics, rate);
            await publisher.RunAsync(configuration.GetValue("size", 100), stopping);
        }

        await app.WaitForShutdownAsync();
    }

    /// <summary>What is in use after a collection: garbage of the time when connections were opened is not theirs.</summary>
    private static IResult Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Results.Json(new { heap_kb = GC.GetTotalMemory(false) / 1024, process_kb = Environment.WorkingSet / 1024 });
    }

    /// <summary>The least that Kestrel can do for an open response: a peer for the figures of an idle one.</summary>
    private static async Task HoldAsync(HttpContext http)
    {
        await http.Response.Body.FlushAsync();
        var gone = new TaskCompletionSource();
        await using var aborted = http.RequestAborted.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), gone);
        await gone.Task;
    }

    private static StreamName NameOf(string topic) => new("bench/" + topic);

    private static async Task MakeTopicsAsync(IEventStreams streams, int topics) =>
        await Task.WhenAll(Enumerable.Range(0, topics).Select(topic => streams.AppendAsync(new Append(NameOf($"{topic}")))));

    private static async Task<IResult> PublishAsync(string topic, HttpRequest request, IEventStreams streams)
    {
        var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        var body = System.Text.Json.JsonEncodedText.Encode(buffer.ToArray());
        byte[] data = [.. """{"payload":"""u8, (byte)'"', .. body.EncodedUtf8Bytes, .. "\"}"u8];
        await streams.AppendAsync(new Append(NameOf(topic), new NewEvent("published", data)));
        return Results.NoContent();
    }
}
