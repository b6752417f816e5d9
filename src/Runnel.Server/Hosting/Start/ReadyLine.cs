using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Runnel.Server.Hosting.Start;

/// <summary>The last line of a start says where to go.</summary>
internal sealed partial class ReadyLine(IServer server, IHostApplicationLifetime lifetime, ILogger<ReadyLine> log)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Say);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Say()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            Ready(log, address);
    }

    [LoggerMessage(1, LogLevel.Information, "Runnel is ready. Open {Address} in a browser; Ctrl-C stops it.")]
    private static partial void Ready(ILogger log, string address);
}
