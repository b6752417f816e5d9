using Runnel.Server.Persistence.Postgres;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Transfer.Postgres;

/// <summary>A PostgreSQL database. Who changes its tables holds a lock, for which servers that start wait.</summary>
internal sealed class PostgresTransferDatabase(IServiceProvider services) : ITransferDatabase
{
    private static PostgresMigrations OfServer => PostgresServerDatabase.Migrations;

    private static PostgresMigrations OfLog => PostgresMigrations.OfLog;

    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        await using var database = Open();
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        var applied = await PostgresCatalog.HasMigrationsAsync(connection, cancellationToken)
            ? await AppliedMigrations.ReadAsync(connection, cancellationToken)
            : new AppliedMigrations();
        applied.RefuseNewer(OfServer.Newest, OfLog.Newest);
        return
        [
            .. OfServer.Missing(applied.Of(AppliedMigrations.Server)).Select(name => "server " + name),
            .. OfLog.Missing(applied.Of(AppliedMigrations.Log)).Select(name => "log " + name),
        ];
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var database = Open();
        await OfServer.ApplyAsync(database, cancellationToken);
        await OfLog.ApplyAsync(database, cancellationToken);
    }

    public async Task<ITransferSource> OpenSourceAsync(CancellationToken cancellationToken)
    {
        var database = Open();
        try
        {
            var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
            var source = new PostgresTransferSource(database, connection);
            await source.BeginAsync(OfServer.Newest, OfLog.Newest, cancellationToken);
            return source;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async Task<ITransferTarget> OpenTargetAsync(int schema, CancellationToken cancellationToken)
    {
        if (schema > OfServer.Newest)
            throw TransferException.Newer("The file", schema, OfServer.Newest);
        if (schema < OfServer.Oldest)
        {
            throw new TransferException(
                $"The tables of the file are of version {schema}; PostgreSQL takes {OfServer.Oldest} and later. "
                + "Use the command migrate on the database that the file came from, and export it again.");
        }

        var database = Open();
        try
        {
            await PostgresTransferTarget.CheckAsync(database, schema, cancellationToken);
            await OfServer.ApplyAsync(database, schema, cancellationToken);
            await OfLog.ApplyAsync(database, cancellationToken);
            return await PostgresTransferTarget.BeginAsync(database, schema, cancellationToken);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>A statement may take as long as it takes.</summary>
    private PostgresDatabase Open() =>
        PostgresConnection.Open(services, new PostgresOptions { StatementTimeout = TimeSpan.FromDays(7) });
}
