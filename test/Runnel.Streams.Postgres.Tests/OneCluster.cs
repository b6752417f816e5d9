using Runnel.Streams.Postgres.Tests;
using Runnel.Streams.Testing;

[assembly: AssemblyFixture(typeof(OneCluster))]

namespace Runnel.Streams.Postgres.Tests;

/// <summary>The cluster that all tests share, each with a database of its own.</summary>
public sealed class OneCluster : IAsyncLifetime
{
    private PostgresCluster? _cluster;

    public PostgresCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await PostgresCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
