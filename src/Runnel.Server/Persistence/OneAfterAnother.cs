using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence;

/// <summary>Lets those who count what a user has, and add to it, do so one after the other.</summary>
internal static class OneAfterAnother
{
    /// <summary>Call it first in a transaction: it lasts until that ends. SQLite has one writer anyway.</summary>
    public static Task ForUserAsync(RunnelDbContext database, string userId, CancellationToken cancellationToken) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync($"select 1 from users where id = {userId} for update", cancellationToken)
            : Task.CompletedTask;
}
