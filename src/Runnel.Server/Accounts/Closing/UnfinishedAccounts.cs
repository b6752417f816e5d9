using Microsoft.EntityFrameworkCore;
using Runnel.Server.Background.Unfinished;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Closing;

/// <summary>Deletes the accounts whose deletion a process that is gone did not finish.</summary>
internal sealed class UnfinishedAccounts(IServiceScopeFactory scopes) : IUnfinished
{
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var closed = await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Users
            .Where(user => user.ClosedAt != null).Select(user => user.Id).ToListAsync(cancellationToken);
        foreach (var userId in closed)
            await scope.ServiceProvider.GetRequiredService<AccountDeletion>().DeleteAsync(userId);
    }
}
