namespace Runnel.Server.Transfer;

/// <summary>The configured database, as commands use it that prepare, read or fill it as a whole.</summary>
internal interface ITransferDatabase
{
    /// <summary>Says what of migrations is missing, without changing anything.</summary>
    /// <exception cref="TransferException">The database is newer than this program.</exception>
    Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken);

    /// <summary>Brings all tables up to date; makes the database where that is a file.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Opens it to be read, also while servers run.</summary>
    /// <exception cref="TransferException">It is not there, or newer than this program.</exception>
    Task<ITransferSource> OpenSourceAsync(CancellationToken cancellationToken);

    /// <summary>Opens it to be filled, with tables as they were at a version.</summary>
    /// <param name="schema">The number of the newest migration.</param>
    /// <param name="cancellationToken">Nothing is changed when it ends.</param>
    /// <exception cref="TransferException">It has data, or cannot have the tables of that version.</exception>
    Task<ITransferTarget> OpenTargetAsync(int schema, CancellationToken cancellationToken);
}
