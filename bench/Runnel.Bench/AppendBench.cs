using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Bench;

/// <summary>Durable appends a second, with compaction on: one writer for each stream, which waits for its last append before the
/// next, as a turn does.</summary>
internal static class AppendBench
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var seconds = arguments.Number("seconds", 60);
        var streams = arguments.Number("streams", 1000);
        var batch = arguments.Number("batch", 1);
        var directory = arguments.Text("dir", Path.Combine(Path.GetTempPath(), "runnel-bench"));
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        using var host = Build(Path.Combine(directory, "log.db"), Enum.Parse<SqliteDurability>(arguments.Text("durability", "Full")));
        await host.StartAsync();
        var log = host.Services.GetRequiredService<IEventStreams>();
        var events = Events(arguments.Number("bytes", 256), batch);
        using var end = new CancellationTokenSource();
        var latencies = new List<double>[streams];
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var writers = Enumerable.Range(0, streams)
            .Select(i => Task.Run(() => WriteAsync(log, new StreamName($"bench/{i}"), events, latencies[i] = [], end.Token)))
            .ToArray();
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        var written = (await Task.WhenAll(writers)).Sum();
        var elapsed = watch.Elapsed.TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds;
        Report(written, elapsed, used, latencies.SelectMany(times => times).Order().ToArray());
        await host.StopAsync();
        return 0;
    }

    private static IHost Build(string path, SqliteDurability durability)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddRunnelStreams().UseSqlite(path, durability);
        return builder.Build();
    }

    private static NewEvent[] Events(int bytes, int batch)
    {
        var data = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', Math.Max(0, bytes - 11))}}"}""");
        return Enumerable.Range(0, batch).Select(_ => new NewEvent("bench", data.ToArray())).ToArray();
    }

    private static async Task<long> WriteAsync(
        IEventStreams log, StreamName stream, NewEvent[] events, List<double> latencies, CancellationToken end)
    {
        var written = 0L;
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            var began = Stopwatch.GetTimestamp();
            await log.AppendAsync(new Append(stream, events));
            written += events.Length;
            if (turn % 16 == 0)
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return written;
    }

    private static void Report(long written, double elapsed, double cpu, double[] latencies) =>
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            events_per_s = Math.Round(written / elapsed),
            cpu_us_per_event = Math.Round(cpu / written, 2),
            append_ms_p50 = Math.Round(At(latencies, 0.5), 2),
            append_ms_p99 = Math.Round(At(latencies, 0.99), 2),
            append_ms_max = Math.Round(latencies[^1], 1),
            seconds = Math.Round(elapsed, 1),
        }));

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
