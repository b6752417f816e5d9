using Runnel.Server.Tests.Cluster.Machines;

namespace Runnel.Server.Tests.Cluster;

/// <summary>Something that is done to a cluster under load, until it is whole again.</summary>
/// <param name="Name">For the table.</param>
/// <param name="ApplyAsync">Does it, and waits until all servers take requests.</param>
internal sealed record Fault(string Name, Func<RunningCluster, Task> ApplyAsync)
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    public static Fault None { get; } = new("none", _ => WaitAsync(Long));

    public static Fault KillWriter { get; } = Kill(Down);

    public static Fault KillFollowed { get; } = KillFewest(Down);

    public static Fault DatabaseCrash { get; } = new("PostgreSQL stopped `immediate`, away for 2 s", cluster =>
        CrashAsync(cluster, TimeSpan.FromSeconds(2)));

    public static Fault DatabaseAway { get; } = new("the same, away for 8 s: longer than a lease", cluster =>
        CrashAsync(cluster, Down));

    public static Fault CutLine { get; } = Cut(Long);

    public static Fault Frozen { get; } = Freeze(Long);

    public static Fault RollingRestart { get; } = new("rolling restart: SIGTERM, one after the other", async cluster =>
    {
        foreach (var node in cluster.Nodes)
            await node.RestartAsync();
    });

    public static Fault ProxyReload { get; } = new("`nginx -s reload`, three times", async cluster =>
    {
        for (var time = 0; time < 3; time++)
        {
            await cluster.Nginx.ReloadAsync();
            await WaitAsync(TimeSpan.FromSeconds(2));
        }
    });

    public static IReadOnlyList<Fault> All { get; } =
        [None, KillWriter, KillFollowed, DatabaseCrash, DatabaseAway, CutLine, Frozen, RollingRestart, ProxyReload];

    public static Fault Kill(TimeSpan down) => new(
        $"`kill -9` of the node that writes the most answers, down for {down.TotalSeconds} s",
        cluster => KillAsync(cluster, down, most: true));

    public static Fault KillFewest(TimeSpan down) => new(
        $"`kill -9` of the node that writes the fewest, down for {down.TotalSeconds} s",
        cluster => KillAsync(cluster, down, most: false));

    public static Fault Cut(TimeSpan time) => new(
        $"network of one node to the database cut for {time.TotalSeconds} s",
        async cluster =>
        {
            var node = await cluster.ByTurnsAsync(most: true);
            node.Line.Cut();
            await WaitAsync(time);
            node.Line.Mend();
            await cluster.ReadyAsync();
        });

    public static Fault Freeze(TimeSpan time) => new($"node frozen by SIGSTOP for {time.TotalSeconds} s, then woken", async cluster =>
    {
        var node = await cluster.ByTurnsAsync(most: true);
        await node.SignalAsync("STOP");
        await WaitAsync(time);
        await node.SignalAsync("CONT");
        await WaitAsync(Notice);
        await cluster.ReadyAsync();
    });

    private static async Task KillAsync(RunningCluster cluster, TimeSpan down, bool most)
    {
        var node = await cluster.ByTurnsAsync(most);
        node.Hold();
        await node.SignalAsync("KILL");
        await WaitAsync(down);
        node.Release();
        await WaitAsync(Notice);
        await cluster.ReadyAsync();
    }

    private static async Task CrashAsync(RunningCluster cluster, TimeSpan away)
    {
        await cluster.Database.StopServerAsync("immediate");
        await WaitAsync(away);
        await cluster.Database.StartServerAsync();
        await cluster.ReadyAsync();
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time); // polls: for so long it lasts
}
