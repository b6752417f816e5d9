using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Training.Deleting;

/// <summary>Goes on, when the server starts, with what an earlier process did not finish; the start does not wait for it.</summary>
internal sealed class UnfinishedClearing(IServiceScopeFactory scopes, Clearing clearing) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        foreach (var id in await HiddenDigitalHumans.ReadAsync(database, null, cancellationToken))
            clearing.Begin(id);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
