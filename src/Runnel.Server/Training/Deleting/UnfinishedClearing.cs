using Runnel.Server.Background.Unfinished;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Training.Deleting;

/// <summary>Goes on with what a process that is gone did not finish; nobody waits for it.</summary>
internal sealed class UnfinishedClearing(IServiceScopeFactory scopes, Clearing clearing) : IUnfinished
{
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        foreach (var id in await HiddenDigitalHumans.ReadAsync(database, null, cancellationToken))
            clearing.Begin(id);
    }
}
