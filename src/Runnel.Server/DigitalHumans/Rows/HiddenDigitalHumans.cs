using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans.Rows;

/// <summary>Those that were deleted, and still have rows.</summary>
internal static class HiddenDigitalHumans
{
    /// <summary>Of one user, or of all.</summary>
    public static Task<List<long>> ReadAsync(
        RunnelDbContext database, string? ownerId, CancellationToken cancellationToken) =>
        database.Set<DigitalHuman>()
            .Where(human => human.DeletedAt != null && (ownerId == null || human.OwnerId == ownerId))
            .OrderBy(human => human.Id).Select(human => human.Id).ToListAsync(cancellationToken);
}
