using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans.Rows;

/// <summary>Makes the row of a digital human, where its owner has room for one more.</summary>
internal static class NewDigitalHuman
{
    /// <summary>False when there are as many as one may keep, or the account is closed.</summary>
    public static async Task<bool> TryAddAsync(
        RunnelDbContext database, DigitalHuman made, int limit, CancellationToken cancellationToken)
    {
        // Counted in the transaction that adds it: of two at once, the second sees the first.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await OneAfterAnother.ForUserAsync(database, made.OwnerId, cancellationToken);
        if (await OwnDigitalHumans.Of(database, made.OwnerId).CountAsync(cancellationToken) >= limit
            || !await database.Users.AnyAsync(user => user.Id == made.OwnerId && user.ClosedAt == null, cancellationToken))
            return false;
        database.Add(made);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
