using System.Runtime.InteropServices;

namespace Runnel.Server.Hosting.Start;

/// <summary>The first Ctrl-C stops gracefully; a second one, while that lasts, stops at once. Nothing durable is lost.</summary>
internal sealed class SecondSignal(IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private const int ExitCode = 130;
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                Environment.Exit(ExitCode);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();
}
