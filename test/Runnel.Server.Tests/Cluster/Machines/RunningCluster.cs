using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Testing;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>Several servers on one PostgreSQL, behind nginx, with a fake as their only model.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly FakeUpstream _upstream;

    private RunningCluster(PostgresCluster database, FakeUpstream upstream, List<ClusterNode> nodes, ShippedNginx nginx) =>
        (Database, _upstream, Nodes, Nginx) = (database, upstream, nodes, nginx);

    public PostgresCluster Database { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    public ShippedNginx Nginx { get; }

    public static async Task<RunningCluster> StartAsync(int nodes, params string[] settings)
    {
        var database = await PostgresCluster.StartAsync();
        var connection = await database.CreateDatabaseAsync();
        var upstream = await FakeUpstream.StartAsync();
        var all = new List<ClusterNode>();
        for (var number = 1; number <= nodes; number++)
        {
            var line = FaultyLine.To(database.Port);
            var own = connection.Replace($"Port={database.Port}", $"Port={line.Port}", StringComparison.Ordinal);
            all.Add(new ClusterNode($"node{number}", line, [
                "Database:Provider=Postgres", "Database:ConnectionString=" + own, .. Talk.ModelAt(upstream),
                "Http:TrustedProxies=127.0.0.1", "Auth:PasswordIterations=1000", "Models:Titles=false",
                "Limits:RequestsPerMinute=1000000", "Limits:StreamsPerUser=10000", "Limits:RunningTurnsPerUser=100",
                "Logging:LogLevel:Default=Warning", "Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. settings]));
        }

        var nginx = await ShippedNginx.StartAsync([.. all.Select(node => node.Address)]);
        return new RunningCluster(database, upstream, all, nginx);
    }

    /// <summary>Starts the first node, which makes the tables, and waits until it takes requests.</summary>
    public async Task BeginAsync()
    {
        Nodes[0].Start();
        await Nodes[0].ReadyAsync();
    }

    /// <summary>Starts the others.</summary>
    public Task JoinAsync()
    {
        foreach (var node in Nodes.Skip(1))
            node.Start();
        return ReadyAsync();
    }

    /// <summary>The node that writes the most answers at the moment; or the one that writes the fewest.</summary>
    public async Task<ClusterNode> ByTurnsAsync(bool most)
    {
        var turns = await Task.WhenAll(Nodes.Select(node => node.MetricAsync("runnel_turns_running ")));
        return Nodes[Array.IndexOf(turns, most ? turns.Max() : turns.Min())];
    }

    public Task ReadyAsync() => Task.WhenAll(Nodes.Select(node => node.ReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
            await node.Line.DisposeAsync();
        }

        await _upstream.DisposeAsync();
        await Database.DisposeAsync();
    }
}
