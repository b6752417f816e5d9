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

    public async Task<IReadOnlyList<string>> ClaimAsync(
        string table, string key, long incarnation, int limit, CancellationToken cancellationToken)
    {
        using var pass = await Database.WriteGate.EnterAsync(cancellationToken);
        await using var connection = Database.Connect();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are constants of the program.
        command.CommandText = $"""
            update {table} set incarnation = @mine where {key} in (
              select {key} from {table} where status in ('queued', 'running') and status = 'running' and incarnation <> @mine
              limit @limit)
            returning {key}
            """;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("@mine", incarnation);
        command.Parameters.AddWithValue("@limit", limit);
        var taken = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            taken.Add(rows.GetString(0));
        return taken;
    }

    public void EraseSoon() => Database.NeedsErasing = true;

    public bool IsRefusal(Exception exception) =>
        exception.GetBaseException() is SqliteException { SqliteErrorCode: Constraint };

    // Busy, locked, read-only, I/O error, full, cannot open: the disk's fault and not the statement's.
    public bool IsFault(Exception exception) =>
        exception.GetBaseException() is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 };
}
