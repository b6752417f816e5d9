using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.States;

namespace Runnel.Server.Turns.Running;

/// <summary>Writes the end of a running turn. Who asked first decides how it ends: a turn that ends by itself while somebody
/// stops it either was faster, or ends as it was told.</summary>
internal sealed class TurnEnds(IServiceScopeFactory scopes, HandOver handOver)
{
    /// <summary>The status that it ended with; that of a turn which runs, where it is left to another server.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="turnLog">Its log.</param>
    /// <param name="status">How it would end by itself.</param>
    /// <param name="ending">Makes the end of a status.</param>
    public async Task<string> WriteAsync(Turn turn, TurnLog turnLog, string status, Func<string, TurnEnding> ending)
    {
        if (status == TurnState.Interrupted && handOver.IsPossible)
            return TurnState.Running;
        while (!await turnLog.TryEndAsync(ending(status)))
        {
            var requested = await FindRequestedAsync(turn.TurnId);
            if (requested is null || requested == status)
                return status;
            status = requested;
        }

        return status;
    }

    /// <summary>How a running turn was told to end; null when it was not, or has ended.</summary>
    private async Task<string?> FindRequestedAsync(string turnId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string?>($"""
                select end_requested as "Value" from turns where turn_id = {turnId} and status = 'running'
                """)
            .FirstOrDefaultAsync();
    }
}
