using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Runnel.Server.Persistence.Sqlite.Writing;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite;

/// <summary>One file, one writer at a time: whoever writes passes the write gate.</summary>
internal sealed class SqliteServerDatabase(IServiceProvider services) : IServerDatabase
{
    private const int Constraint = 19;

    /// <summary>What makes the server's tables.</summary>
    public static SqliteMigrations Migrations { get; } = new("server", typeof(SqliteServerDatabase).Assembly);

    // Not a constructor parameter: a database that cannot be opened is a failure of the start, not of building the host.
    private SqliteDatabase Database => services.GetRequiredService<SqliteDatabase>();

    public void Use(DbContextOptionsBuilder options) => options
        .UseSqlite(Database.ConnectionString)
        .AddInterceptors(
            services.GetRequiredService<PreparedConnections>(),
            services.GetRequiredService<GatedWrites>(),
            services.GetRequiredService<GatedCommands>())
        .ReplaceService<IRelationalTransactionFactory, GatedTransactionFactory>();

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        Migrations.Apply(Database);
        return Task.CompletedTask;
    }

    public void EraseSoon() => Database.NeedsErasing = true;

    public bool IsRefusal(Exception exception) =>
        exception.GetBaseException() is SqliteException { SqliteErrorCode: Constraint };

    // Busy, locked, read-only, I/O error, full, cannot open: the disk's fault and not the statement's.
    public bool IsFault(Exception exception) =>
        exception.GetBaseException() is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 };
}
