using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>The log as a host runs it, without a host.</summary>
public sealed class RunningLog : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _stopped;

    private RunningLog(ServiceProvider services) => _services = services;

    public IEventStreams Streams => _services.GetRequiredService<IEventStreams>();

    public IStreamStore Store => _services.GetRequiredService<IStreamStore>();

    public IServiceProvider Services => _services;

    public static async Task<RunningLog> StartAsync(Action<RunnelStreamsBuilder> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        choose(services.AddRunnelStreams());
        var log = new RunningLog(services.BuildServiceProvider());
        foreach (var part in log.Parts)
            await part.StartingAsync(TestContext.Current.CancellationToken);
        return log;
    }

    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        foreach (var part in Parts)
            await part.StoppedAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }

    private IEnumerable<IHostedLifecycleService> Parts =>
        _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>();
}
