using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Streams.Testing;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Runnel.Server.Tests.Persistence.Postgres;

/// <summary>One PostgreSQL for all tests that want it, started by the first of them. With <c>RUNNEL_TEST_DATABASE=Postgres</c>
/// every server of the tests gets a database in it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> Cluster = new(() => PostgresCluster.StartAsync());

    public static bool IsForAll { get; } = Environment.GetEnvironmentVariable("RUNNEL_TEST_DATABASE") == "Postgres";

    /// <summary>The settings that lead a server to an empty database.</summary>
    public static async Task<string[]> SettingsAsync() =>
        ["Database:Provider=Postgres", "Database:ConnectionString=" + await (await Cluster.Value).CreateDatabaseAsync()];

    public async ValueTask DisposeAsync()
    {
        if (Cluster.IsValueCreated)
            await (await Cluster.Value).DisposeAsync();
    }
}
