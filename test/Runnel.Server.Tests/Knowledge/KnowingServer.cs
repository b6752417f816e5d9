using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Knowledge;

/// <summary>A server that the tests of a class share: each has a digital human of its own.</summary>
public sealed class KnowingServer : IAsyncLifetime
{
    public RunnelServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunnelServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
