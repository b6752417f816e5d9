using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Database;

/// <summary>
/// Brings the tables of one component to the newest version: the embedded files <c>Migrations/NNNN_name.sql</c> of its
/// assembly, in order, each in a transaction of its own, recorded with its hash. Forward only. Several processes may start at
/// once: one applies, the others wait for it.
/// </summary>
/// <param name="component">Whose tables they are; several components may share a database.</param>
/// <param name="assembly">Where the files are embedded.</param>
/// <param name="folder">Under which name they are embedded there.</param>
public sealed class PostgresMigrations(string component, Assembly assembly, string folder = "Migrations/")
{
    /// <summary>Those of the log.</summary>
    public static PostgresMigrations OfLog { get; } = new("log", typeof(PostgresMigrations).Assembly);

    /// <summary>The number of the oldest one; 0 where there is none.</summary>
    public int Oldest => Files() is { Count: > 0 } files ? NumberOf(files[0]) : 0;

    /// <summary>The number of the newest one; 0 where there is none.</summary>
    public int Newest => Files() is { Count: > 0 } files ? NumberOf(files[^1]) : 0;

    /// <summary>The names, as <c>0001_log.sql</c>, of those that are missing where some are applied, in order.</summary>
    public IReadOnlyList<string> Missing(IReadOnlySet<int> applied) =>
        Files().ConvertAll(file => file[folder.Length..]).FindAll(name => !applied.Contains(NumberOf(folder + name)));

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StoreUnavailableException">A file that was applied has changed since, or the database is newer than
    /// this program. Nothing was changed.</exception>
    public Task ApplyAsync(PostgresDatabase database, CancellationToken cancellationToken) =>
        ApplyAsync(database, int.MaxValue, cancellationToken);

    /// <summary>Applies what is missing, up to a number.</summary>
    /// <exception cref="StoreUnavailableException">A file that was applied has changed since, or the database is newer than
    /// this program. Nothing was changed.</exception>
    public async Task ApplyAsync(PostgresDatabase database, int upTo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        foreach (var file in Files().Where(file => NumberOf(file) <= upTo))
            await ApplyAsync(connection, file, Newest, cancellationToken);
    }

    /// <summary>Lets nobody else apply any until the transaction of a connection ends: who starts meanwhile waits.</summary>
    public static Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "select pg_advisory_xact_lock($1)", [AdvisoryLocks.Migrations], cancellationToken);

    private List<string> Files() =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private async Task ApplyAsync(NpgsqlConnection connection, string file, int known, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await HoldAsync(connection, cancellationToken);
        await ExecuteAsync(
            connection,
            """
            create table if not exists migrations (
              component text not null, number integer not null, name text not null, hash text not null,
              applied_at timestamptz not null default now(), primary key (component, number))
            """,
            [],
            cancellationToken);
        await RefuseNewerAsync(connection, known, cancellationToken);
        var (number, name, sql) = (NumberOf(file), file[folder.Length..], Read(file));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        var applied = (string?)await ScalarAsync(
            connection, "select hash from migrations where component = $1 and number = $2", [component, number], cancellationToken);
        if (applied is not null && applied != hash)
        {
            throw new StoreUnavailableException(
                $"Migration {name} of {component} is not the one that was applied to '{connection.Database}'. "
                + "Start the version that made the database, or restore a backup.");
        }

        if (applied is null)
        {
            await ExecuteAsync(connection, sql, [], cancellationToken);
            await ExecuteAsync(
                connection, "insert into migrations values ($1, $2, $3, $4)", [component, number, name, hash], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task RefuseNewerAsync(NpgsqlConnection connection, int known, CancellationToken cancellationToken)
    {
        var newest = Convert.ToInt32(
            await ScalarAsync(
                connection, "select coalesce(max(number), 0) from migrations where component = $1", [component], cancellationToken),
            CultureInfo.InvariantCulture);
        if (newest > known)
        {
            throw new StoreUnavailableException(
                $"The database '{connection.Database}' was written by a newer version (migration {newest} of {component}, "
                + $"this one knows {known}). Start that version, or restore a backup.");
        }
    }

    private int NumberOf(string file) => int.Parse(file.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture);

    private string Read(string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(
        NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
#pragma warning disable CA2100 // The text of a migration is embedded in the assembly.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
