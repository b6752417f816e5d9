using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>A server that waits for its model no longer than a test can.</summary>
public sealed class ImpatientTalk : IAsyncLifetime
{
    public Talk Talk { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Talk = await Talk.StartAsync(
        "Models:Timeouts:FirstTokenSeconds=1.5", "Models:Timeouts:StallSeconds=1.5", "Models:Timeouts:TotalSeconds=4");

    public ValueTask DisposeAsync() => Talk.DisposeAsync();
}
