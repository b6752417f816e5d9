using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>A server that waits a second for its model's next word, however long the whole answer takes.</summary>
public sealed class HastyTalk : IAsyncLifetime
{
    public Talk Talk { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Talk = await Talk.StartAsync("Models:Timeouts:FirstTokenSeconds=1", "Models:Timeouts:StallSeconds=1");

    public ValueTask DisposeAsync() => Talk.DisposeAsync();
}
