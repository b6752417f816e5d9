using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Persistence.Postgres;

/// <summary>A server whose data is in PostgreSQL, with a fake as its only model.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public FakeUpstream Upstream { get; private set; } = null!;

    public RunnelServer Server { get; private set; } = null!;

    /// <summary>What leads to its database.</summary>
    public string[] Settings { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync();
        Settings = await SharedPostgres.SettingsAsync();
        Server = await StartAnotherAsync();
    }

    /// <summary>Another server on the same database.</summary>
    public Task<RunnelServer> StartAnotherAsync() =>
        RunnelServer.StartAsync([.. Settings, .. Talk.ModelAt(Upstream), "Shutdown:GraceSeconds=0"]);

    public async Task<Speaker> NewSpeakerAsync() => new(await Server.NewUserAsync());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
