using System.Diagnostics;
using System.Text.Json;

namespace Runnel.Bench.Cluster;

/// <summary>
/// Several logs on one PostgreSQL, as several servers have them: each stream is written on one node and read on the next one.
/// What it prints is what docs/scaling.md calculates with, so a figure stands for one thing: listeners and idle readers are
/// told apart from writing by giving them or not.
/// </summary>
internal static class ClusterBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var load = ClusterLoad.From(arguments);
        await using var database = new MeasuredDatabase(load.Connection);
        var nodes = new List<BenchNode>();
        for (var i = 0; i < load.Nodes + load.Listeners; i++)
            nodes.Add(await BenchNode.StartAsync(load.Connection, i));
        using var end = new CancellationTokenSource();
        var lines = await OpenAsync(load, nodes);
        var reading = lines.Select(line => line.ReadAsync(end.Token)).ToArray();
        var writing = lines.Where(line => !line.IsIdle).Select(line => line.WriteAsync(load.Pause, end.Token)).ToArray();
        await Task.Delay(WarmUp);
        await MeasureAsync(load, database, lines);
        await end.CancelAsync();
        await Task.WhenAll([.. writing, .. reading]);
        foreach (var node in nodes)
            await node.DisposeAsync();
        return 0;
    }

    private static async Task<List<BenchLine>> OpenAsync(ClusterLoad load, List<BenchNode> nodes)
    {
        var opening = Enumerable.Range(0, load.Streams + load.IdleReaders).Select(i => BenchLine.OpenAsync(
            i, load, nodes[i % load.Nodes].Log, nodes[(i + 1) % load.Nodes].Log));
        var lines = new List<BenchLine>();
        foreach (var some in opening.Chunk(20))
            lines.AddRange(await Task.WhenAll(some));
        return lines;
    }

    private static async Task MeasureAsync(ClusterLoad load, MeasuredDatabase database, List<BenchLine> lines)
    {
        var (before, own, watch) = (await database.ReadAsync(), OwnCpu(), Stopwatch.StartNew());
        foreach (var line in lines)
            line.BeginMeasuring();
        await Task.Delay(TimeSpan.FromSeconds(load.Seconds));
        var latencies = lines.SelectMany(line => line.EndMeasuring()).Order().ToArray();
        var (seconds, used) = (watch.Elapsed.TotalSeconds, OwnCpu() - own);
        var spent = await database.ReadAsync() - before;
        var events = latencies.Length;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            load.Nodes,
            load.Listeners,
            load.Streams,
            load.IdleReaders,
            load.Owners,
            events_per_s = Math.Round(events / seconds),
            commits_per_s = Math.Round(spent.Commits / seconds),
            transactions_per_s = Math.Round(spent.Transactions / seconds, 1),
            ms_p50 = At(latencies, 0.5),
            ms_p99 = At(latencies, 0.99),
            ms_max = At(latencies, 1),
            postgres_cpu_us_per_event = Math.Round(spent.CpuMicroseconds / Math.Max(1, events), 1),
            postgres_cpu_percent = Math.Round(spent.CpuMicroseconds / seconds / 10_000, 2),
            nodes_cpu_us_per_event = Math.Round(used / Math.Max(1, events), 1),
            nodes_cpu_percent = Math.Round(used / seconds / 10_000, 2),
            wal_bytes_per_event = spent.WalBytes / Math.Max(1, events),
            connections = await database.ConnectionsAsync(),
            seconds = Math.Round(seconds, 1),
        }));
    }

    private static double OwnCpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalMicroseconds;

    private static double At(float[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[(int)(share * (sorted.Length - 1))], 2);
}
