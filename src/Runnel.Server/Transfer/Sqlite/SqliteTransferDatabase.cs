using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence.Sqlite;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Transfer.Sqlite;

/// <summary>An SQLite file. A server that runs keeps out who would change it, and not who reads it.</summary>
internal sealed class SqliteTransferDatabase(IServiceProvider services) : ITransferDatabase
{
    private static SqliteMigrations OfServer => SqliteServerDatabase.Migrations;

    private static SqliteMigrations OfLog => SqliteMigrations.OfLog;

    private string File => Path.GetFullPath(DatabaseFile.Path(
        services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString,
        services.GetRequiredService<IOptions<DataOptions>>().Value.Directory));

    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var applied = new AppliedMigrations();
        if (System.IO.File.Exists(File))
        {
            await using var connection = Open();
            if (await SqliteCatalog.HasMigrationsAsync(connection, cancellationToken))
                applied = await AppliedMigrations.ReadAsync(connection, cancellationToken);
        }

        applied.RefuseNewer(OfServer.Newest, OfLog.Newest);
        return
        [
            .. OfServer.Missing(applied.Of(AppliedMigrations.Server)).Select(name => "server " + name),
            .. OfLog.Missing(applied.Of(AppliedMigrations.Log)).Select(name => "log " + name),
        ];
    }

    public Task MigrateAsync(CancellationToken cancellationToken)
    {
        using var database = DatabaseFile.Open(services);
        OfServer.Apply(database);
        OfLog.Apply(database);
        return Task.CompletedTask;
    }

    public async Task<ITransferSource> OpenSourceAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(File))
            throw new TransferException($"There is no database '{File}'.");
        var connection = Open();
        try
        {
            // What is read from here on is of one moment, whatever a server writes meanwhile.
            var transaction = connection.BeginTransaction(deferred: true);
            if (!await SqliteCatalog.HasMigrationsAsync(connection, cancellationToken))
                throw new TransferException($"'{File}' is not a database of Runnel.");
            var applied = await AppliedMigrations.ReadAsync(connection, cancellationToken);
            applied.RefuseNewer(OfServer.Newest, OfLog.Newest);
            return new SqliteTransferSource(connection, transaction, applied.Schema);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<ITransferTarget> OpenTargetAsync(int schema, CancellationToken cancellationToken)
    {
        if (schema > OfServer.Newest)
            throw TransferException.Newer("The file", schema, OfServer.Newest);
        var database = DatabaseFile.Open(services);
        try
        {
            await SqliteTransferTarget.CheckAsync(database, schema, cancellationToken);
            OfServer.Apply(database, schema);
            OfLog.Apply(database);
            return await SqliteTransferTarget.BeginAsync(database, schema, cancellationToken);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
