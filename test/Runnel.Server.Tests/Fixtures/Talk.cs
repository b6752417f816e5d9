using Runnel.Fakes;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>A server whose only model is a fake that does what a test tells it.</summary>
public sealed class Talk : IAsyncLifetime
{
    private readonly string[] _settings;

    public Talk()
        : this([])
    {
    }

    private Talk(string[] settings) => _settings = settings;

    public FakeUpstream Upstream { get; private set; } = null!;

    public RunnelServer Server { get; private set; } = null!;

    public static async Task<Talk> StartAsync(params string[] settings)
    {
        var talk = new Talk(settings);
        await talk.InitializeAsync();
        return talk;
    }

    public async ValueTask InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync();
        Server = await RunnelServer.StartAsync(
            [.. ModelAt(Upstream), "Shutdown:GraceSeconds=0", "Limits:StreamsPerUser=500", .. _settings]);
    }

    /// <summary>Somebody new, signed in.</summary>
    public async Task<Speaker> NewSpeakerAsync() => new(await Server.NewUserAsync());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>The settings that make a fake the only model.</summary>
    public static string[] ModelAt(FakeUpstream upstream) =>
    [
        "Models:Providers:0:Name=fake", $"Models:Providers:0:BaseUrl={upstream.BaseUrl}", "Models:Providers:0:Model=fake-1",
        "Models:Providers:0:ApiKey=sk-secret-of-the-test",
    ];
}
