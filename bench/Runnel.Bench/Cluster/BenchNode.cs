using Runnel.Streams;
using Runnel.Streams.Postgres;

namespace Runnel.Bench.Cluster;

/// <summary>A log as a server has it: with its commits, its heartbeat, its listener and its compaction.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchNode(IHost host) => _host = host;

    public IEventStreams Log => _host.Services.GetRequiredService<IEventStreams>();

    public static async Task<BenchNode> StartAsync(string connection, int number)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRunnelStreams().UsePostgres(connection, options => options.NodeName = $"bench-{number}");
        var host = builder.Build();
        await host.StartAsync();
        return new BenchNode(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
