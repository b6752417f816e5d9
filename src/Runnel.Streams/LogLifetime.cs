using Microsoft.Extensions.Hosting;
using Runnel.Streams.Appending;
using Runnel.Streams.Stores;

namespace Runnel.Streams;

/// <summary>Opens the log before anything else of the host starts, and closes it after everything else has stopped.</summary>
internal sealed class LogLifetime(IStreamStore store, AppendBatcher batcher) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        batcher.Start();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        batcher.Dispose();
        return Task.CompletedTask;
    }
}
