// A job that reports its progress; whoever follows it misses nothing, also over a refresh or a restart. Try:
//   curl -X POST localhost:5080/jobs/42
//   curl -N 'localhost:5080/jobs/42/events?after=0'
using System.Text.Json;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite;
using Runnel.Streams.Stores;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRunnelStreams().UseSqlite("data/jobs.db").AddServerSentEvents();

var app = builder.Build();
app.MapEventStream("/jobs/{id}/events");
app.MapPost("/jobs/{id}", async (string id, IEventStreams streams) =>
{
    var stream = new StreamName($"jobs/{id}/events");
    await streams.AppendAsync(new Append(stream, Event("started", new { id })));
    _ = WorkAsync(stream, streams);
    return Results.Accepted($"/jobs/{id}/events");
});
await app.RunAsync();

static async Task WorkAsync(StreamName stream, IEventStreams streams)
{
    for (var percent = 10; percent <= 100; percent += 10)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await streams.AppendAsync(new Append(stream, Event("progress", new { percent })));
    }
}

static NewEvent Event(string name, object data) => new(name, JsonSerializer.SerializeToUtf8Bytes(data));
