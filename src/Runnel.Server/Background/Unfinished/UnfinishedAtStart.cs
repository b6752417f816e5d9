namespace Runnel.Server.Background.Unfinished;

/// <summary>Before the first request: what this server's last process left, or any that is gone.</summary>
internal sealed class UnfinishedAtStart<T>(T unfinished) : IHostedService
    where T : class, IUnfinished
{
    public Task StartAsync(CancellationToken cancellationToken) => unfinished.FinishAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
