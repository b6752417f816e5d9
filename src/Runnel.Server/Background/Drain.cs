using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;
using Runnel.Streams.AspNetCore;

namespace Runnel.Server.Background;

/// <summary>
/// Stops without losing anything, while Kestrel still accepts: readiness off and sends refused; turns get their grace, then
/// their terminal event, and rounds of training go on after the next start; streams close after them.
/// </summary>
internal sealed class Drain(
    Readiness readiness, RunningTasks running, SseStreams streams, IOptions<ShutdownOptions> options, TimeProvider time)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        try
        {
            await running.DrainAsync(options.Value.Grace, time).WaitAsync(cancellationToken);
        }
        finally
        {
            streams.Drain();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
