using System.Diagnostics;
using System.Globalization;
using Runnel.Server.Tests.Cluster.Machines;
using Runnel.Server.Tests.Cluster.People;

namespace Runnel.Server.Tests.Cluster;

/// <summary>A cluster that people use, and what is done to it.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private readonly RunningCluster _cluster;
    private readonly Crowd _crowd;
    private long _compared;

    private FaultRun(RunningCluster cluster, Crowd crowd) => (_cluster, _crowd) = (cluster, crowd);

    public RunningCluster Cluster => _cluster;

    public static async Task<FaultRun> StartAsync(int nodes, int people, int conversations, Random random, params string[] settings)
    {
        var cluster = await RunningCluster.StartAsync(nodes, settings);
        return await new FaultRun(cluster, new Crowd(cluster.Nginx.Address)).BegunAsync(async run =>
        {
            await cluster.BeginAsync();
            await cluster.JoinAsync();
            await run._crowd.ComeAsync(people, conversations, followers: 2, random);
        });
    }

    /// <summary>A crowd on one node that gets long answers; the others are not there yet.</summary>
    public static async Task<FaultRun> GatherAsync(Random random)
    {
        var cluster = await RunningCluster.StartAsync(nodes: 3);
        return await new FaultRun(cluster, new Crowd(cluster.Nginx.Address) { Words = 50, Pace = 600 }).BegunAsync(async run =>
        {
            await cluster.BeginAsync();
            await run._crowd.ComeAsync(people: 10, conversations: 8, followers: 13, random);
        });
    }

    /// <summary>Lets the others join the node that has everybody, and tells it to stop.</summary>
    public async Task<FaultRow> DrainAsync()
    {
        var what = "";
        var row = await SufferAsync(1, new Fault("drain", async cluster => what = await DrainAsync(cluster)));
        return row with { Fault = what };
    }

    /// <summary>Lets everybody talk, does one thing after the other, so many times, and holds all that anybody saw against the log.
    /// </summary>
    public async Task<FaultRow> SufferAsync(int times, params Fault[] faults)
    {
        var before = _crowd.Talkers.ToDictionary(talker => talker, talker => talker.Accepted.Count);
        var exits = _cluster.Nodes.Sum(node => node.Exits.Count);
        await _crowd.TalkAsync();
        foreach (var fault in Enumerable.Repeat(faults, times).SelectMany(all => all))
        {
            _crowd.Sightings.MarkFault();
            await fault.ApplyAsync(_cluster);
            await _crowd.AssertWellAsync();
        }

        var seen = await _crowd.RestAsync();
        var compared = await Agreement.AssertAsync(_cluster, _crowd);
        var row = new FaultRow(string.Join("; ", faults.Select(fault => fault.Name)), times, seen)
        {
            Messages = before.Sum(talker => talker.Key.Accepted.Count - talker.Value),
            Compared = compared - _compared,
            Exits = _cluster.Nodes.Sum(node => node.Exits.Count) - exits,
        };
        _compared = compared;
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        await _crowd.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static async Task<string> DrainAsync(RunningCluster cluster)
    {
        await cluster.JoinAsync();
        var node = cluster.Nodes[0];
        var (streams, turns) = (await node.MetricAsync("runnel_sse_open{"), await node.MetricAsync("runnel_turns_running "));
        var (began, end) = (Stopwatch.GetTimestamp(), node.EndAsync());
        await node.SignalAsync("TERM");
        var code = await end;
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await node.ReadyAsync();
        return string.Create(CultureInfo.InvariantCulture,
            $"SIGTERM to a node with {streams} streams and {turns} running answers; it ended with {code} after {took:0.0} s");
    }

    private async Task<FaultRun> BegunAsync(Func<FaultRun, Task> begin)
    {
        try
        {
            await begin(this);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
