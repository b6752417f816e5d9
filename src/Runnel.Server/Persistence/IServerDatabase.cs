using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence;

/// <summary>What the databases do each in their own way, beside the log. Thread-safe.</summary>
internal interface IServerDatabase
{
    /// <summary>Leads EF to it.</summary>
    void Use(DbContextOptionsBuilder options);

    /// <summary>Opens it, and brings the server's tables up to date.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Takes over what runs no more: rows of a table that are running by the word of a process which can write nothing
    /// any more are this process's from now on. Two processes that look at once take different rows. What the others have
    /// committed can be seen.</summary>
    /// <param name="table">Has <c>status</c> and <c>incarnation</c>.</param>
    /// <param name="key">Its key, which is text.</param>
    /// <param name="incarnation">Who takes.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The keys of the rows.</returns>
    Task<IReadOnlyList<string>> ClaimAsync(
        string table, string key, long incarnation, int limit, CancellationToken cancellationToken);

    /// <summary>Sees to it that what was deleted is soon in no file.</summary>
    void EraseSoon();

    /// <summary>Whether a constraint refused what was to be written.</summary>
    bool IsRefusal(Exception exception);

    /// <summary>Whether the database, and not the statement, is at fault.</summary>
    bool IsFault(Exception exception);
}
