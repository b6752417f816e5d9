using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>Stops the server once another one has fenced it off: it can write nothing any more, and all that ran here has been
/// taken over. Whoever supervises it starts it again, as another process.</summary>
internal sealed class FencedOff(IStreamStore store, ExitCode exit, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store is ISharedStore shared)
            _registration = shared.Fenced.Register(Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration.Dispose();
        return Task.CompletedTask;
    }

    private void Stop()
    {
        exit.Value = ExitCode.FencedOff;
        lifetime.StopApplication();
    }
}
