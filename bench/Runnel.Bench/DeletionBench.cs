using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Deleting;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Bench;

/// <summary>How long others wait for their commits while a digital human with all that it knows is deleted.</summary>
internal static class DeletionBench
{
    public static async Task RunAsync(IServiceProvider services, long human)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var owner = await database.Set<DigitalHuman>().Where(one => one.Id == human).Select(one => one.OwnerId).SingleAsync();
        var streams = services.GetRequiredService<IEventStreams>();
        var quiet = await AppendAsync(streams, appends => Task.FromResult(appends < 200));
        var (begun, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        await scope.ServiceProvider.GetRequiredService<DigitalHumanDeletion>().DeleteAsync(owner, human, CancellationToken.None);
        var hidden = Stopwatch.GetElapsedTime(begun);
        var beside = await AppendAsync(streams, async _ => await database.Set<DigitalHuman>().AnyAsync(one => one.Id == human));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            deleted = human,
            hidden_ms = Math.Round(hidden.TotalMilliseconds, 1),
            gone_s = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 2),
            cpu_s = Math.Round((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, 2),
            quiet,
            beside,
        }));
    }

    /// <summary>One append after the other, as long as there is reason to.</summary>
    private static async Task<object> AppendAsync(IEventStreams streams, Func<int, Task<bool>> goesOn)
    {
        var times = new List<double>();
        while (await goesOn(times.Count))
        {
            var begun = Stopwatch.GetTimestamp();
            var data = JsonSerializer.SerializeToUtf8Bytes(new { number = times.Count.ToString(CultureInfo.InvariantCulture) });
            await streams.AppendAsync(new Append(new StreamName("bench/beside"), new NewEvent("noted", data)));
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        return new
        {
            appends = times.Count,
            p50_ms = Math.Round(times[times.Count / 2], 2),
            p95_ms = Math.Round(times[times.Count * 95 / 100], 2),
            p99_ms = Math.Round(times[times.Count * 99 / 100], 2),
            worst_ms = Math.Round(times[^1], 2),
        };
    }
}
