using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence;

/// <summary>What the databases do each in their own way, beside the log. Thread-safe.</summary>
internal interface IServerDatabase
{
    /// <summary>Leads EF to it.</summary>
    void Use(DbContextOptionsBuilder options);

    /// <summary>Opens it, and brings the server's tables up to date.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Sees to it that what was deleted is soon in no file.</summary>
    void EraseSoon();

    /// <summary>Whether a constraint refused what was to be written.</summary>
    bool IsRefusal(Exception exception);

    /// <summary>Whether the database, and not the statement, is at fault.</summary>
    bool IsFault(Exception exception);
}
