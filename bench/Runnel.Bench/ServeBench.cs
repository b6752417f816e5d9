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
        app.MapEventStream("/follow/{topic}", http => NameOf((string)http.Request.RouteValues["topic"]!));
        await app.StartAsync();
        await MakeTopicsAsync(app.Services.GetRequiredService<IEventStreams>(), builder.Configuration.GetValue("topics", 1));
        await app.WaitForShutdownAsync();
        return 0;
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
