using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Closing;

/// <summary>Deletes, when the server starts, the accounts whose deletion an earlier process did not finish.</summary>
internal sealed class UnfinishedAccounts(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var closed = await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Users
            .Where(user => user.ClosedAt != null).Select(user => user.Id).ToListAsync(cancellationToken);
        foreach (var userId in closed)
            await scope.ServiceProvider.GetRequiredService<AccountDeletion>().DeleteAsync(userId);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
