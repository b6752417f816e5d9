using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans.Rows;

/// <summary>Who may do what with a digital human: its owner everything, everybody read and talk to a public one. Every read of
/// one goes through here, so that the owner is in the query.</summary>
internal static class OwnDigitalHumans
{
    /// <summary>Those that a user may change and train.</summary>
    public static IQueryable<DigitalHuman> Of(RunnelDbContext database, string ownerId) =>
        All(database).Where(human => human.OwnerId == ownerId);

    /// <summary>Those that a user may read and talk to: their own and all public ones.</summary>
    public static IQueryable<DigitalHuman> UsableBy(RunnelDbContext database, string userId) =>
        All(database).Where(human => human.OwnerId == userId || human.IsPublic);

    /// <summary>One that the user may change and train; null when there is none, or it is somebody else's.</summary>
    public static Task<DigitalHuman?> FindAsync(
        RunnelDbContext database, string ownerId, long id, CancellationToken cancellationToken) =>
        Of(database, ownerId).FirstOrDefaultAsync(human => human.Id == id, cancellationToken);

    /// <summary>One that the user may read and talk to; null when there is none, or it is somebody else's and not public.</summary>
    public static Task<DigitalHuman?> FindUsableAsync(
        RunnelDbContext database, string userId, long id, CancellationToken cancellationToken) =>
        UsableBy(database, userId).FirstOrDefaultAsync(human => human.Id == id, cancellationToken);

    private static IQueryable<DigitalHuman> All(RunnelDbContext database) =>
        database.Set<DigitalHuman>().AsNoTracking().Where(human => human.DeletedAt == null);
}
