using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Cluster;

/// <summary>Two servers on one database, with a fake as their only model. Their leases are long, so that a machine that is slow
/// fences nobody off.</summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly List<RunnelServer> _started = [];
    private string[] _settings = [];

    public FakeUpstream Upstream { get; private set; } = null!;

    public RunnelServer A { get; private set; } = null!;

    public RunnelServer B { get; private set; } = null!;

    /// <param name="settings">Of all its servers.</param>
    public static async Task<Servers> StartAsync(params string[] settings)
    {
        var servers = new Servers { _settings = settings };
        await servers.InitializeAsync();
        return servers;
    }

    public async ValueTask InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync();
        _settings = [.. await SharedPostgres.SettingsAsync(), .. _settings];
        A = await StartAnotherAsync();
        B = await StartAnotherAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!StoreOf(A).HasCompany)
            await Task.Delay(20, patience.Token); // polls: nobody tells that another one has come
    }

    /// <summary>Another server on the same database.</summary>
    public async Task<RunnelServer> StartAnotherAsync(params string[] settings)
    {
        var server = await RunnelServer.StartAsync(
            [.. _settings, .. Talk.ModelAt(Upstream), "Shutdown:GraceSeconds=0", "Cluster:LeaseSeconds=6", .. settings]);
        _started.Add(server);
        return server;
    }

    /// <summary>Somebody new, at both servers at once.</summary>
    public async Task<(Speaker AtA, Speaker AtB)> NewSpeakerAsync()
    {
        var atA = await A.NewUserAsync();
        return (new Speaker(atA), At(B, atA));
    }

    /// <summary>The same person at another server.</summary>
    public static Speaker At(RunnelServer server, HttpClient person)
    {
        var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = person.DefaultRequestHeaders.Authorization;
        return new Speaker(client);
    }

    /// <summary>The log of a server, as it shares it.</summary>
    public static ISharedStore StoreOf(RunnelServer server) =>
        (ISharedStore)server.Services.GetRequiredService<IStreamStore>();

    /// <summary>Stops one of them in good order.</summary>
    public async Task StopAsync(RunnelServer server)
    {
        _started.Remove(server);
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _started)
            await server.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
