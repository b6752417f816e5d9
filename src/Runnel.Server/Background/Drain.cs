using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>
/// Stops without losing anything, while Kestrel still accepts: readiness off and sends refused; turns get their grace, then
/// their terminal event; rounds of training and what waits go on elsewhere, or after the next start. A server that is alone
/// closes its streams after that. Where others are there, streams go over to them from the beginning, not all at once: whoever
/// follows a turn that still runs here gets the rest of it there.
/// </summary>
internal sealed class Drain(
    Readiness readiness,
    RunningTasks running,
    SseStreams streams,
    IStreamStore store,
    IOptions<ShutdownOptions> options,
    TimeProvider time) : IHostedLifecycleService
{
    /// <summary>So many streams go over in a second: the others authenticate and catch up each of them.</summary>
    private const double StreamsPerSecond = 200;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        var shared = store as ISharedStore;
        var hasCompany = shared is { HasCompany: true };
        // A server that was fenced off has nothing left to finish.
        var grace = shared is { Fenced.IsCancellationRequested: true } ? TimeSpan.Zero : options.Value.Grace(hasCompany);
        var moving = hasCompany ? MoveStreamsAsync(grace, cancellationToken) : Task.CompletedTask;
        try
        {
            await running.DrainAsync(grace, time).WaitAsync(cancellationToken);
            await moving;
        }
        finally
        {
            streams.Drain();
        }
    }

    private Task MoveStreamsAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var needed = TimeSpan.FromSeconds(streams.OpenCount / StreamsPerSecond);
        return streams.DrainAsync(needed < grace ? needed : grace, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
