using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Database;

/// <summary>
/// Brings the tables of one component to the newest version: the embedded files <c>Migrations/NNNN_name.sql</c> of its
/// assembly, in order, each in a transaction of its own, recorded with its hash. Forward only.
/// </summary>
/// <param name="component">Whose tables they are; several components may share a database.</param>
/// <param name="assembly">Where the files are embedded.</param>
public sealed class SqliteMigrations(string component, Assembly assembly)
{
    private const string Folder = "Migrations/";

    /// <summary>Those of the log.</summary>
    public static SqliteMigrations OfLog { get; } = new("log", typeof(SqliteMigrations).Assembly);

    /// <summary>The number of the newest one; 0 where there is none.</summary>
    public int Newest => Files() is { Count: > 0 } files ? NumberOf(files[^1]) : 0;

    /// <summary>The names, as <c>0001_log.sql</c>, of those that are missing where some are applied, in order.</summary>
    public IReadOnlyList<string> Missing(IReadOnlySet<int> applied) =>
        Files().ConvertAll(file => file[Folder.Length..]).FindAll(name => !applied.Contains(NumberOf(Folder + name)));

    /// <summary>Applies what is missing, up to a number if one is given.</summary>
    /// <exception cref="StoreUnavailableException">A file that was applied has changed since, or the database is newer than
    /// this program. Nothing was changed.</exception>
    public void Apply(SqliteDatabase database, int upTo = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var pass = database.WriteGate.Enter();
        using var connection = database.Connect();
        Execute(connection, null, """
            create table if not exists migrations (
              component text not null, number integer not null, name text not null, hash text not null,
              applied_at text not null, primary key (component, number))
            """);
        Refuse(database, connection, Newest);
        foreach (var file in Files().Where(file => NumberOf(file) <= upTo))
            Apply(database, connection, file);
    }

    private List<string> Files() =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private void Refuse(SqliteDatabase database, SqliteConnection connection, int known)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(max(number), 0) from migrations where component = $component";
        command.Parameters.AddWithValue("$component", component);
        var newest = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (newest > known)
        {
            throw new StoreUnavailableException(
                $"The database '{database.Path}' was written by a newer version (migration {newest} of {component}, "
                + $"this one knows {known}). Start that version, or restore a backup.");
        }
    }

    private void Apply(SqliteDatabase database, SqliteConnection connection, string file)
    {
        var name = file[Folder.Length..];
        var number = NumberOf(file);
        var sql = Read(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sql)));
        using var transaction = connection.BeginTransaction(deferred: false);
        var applied = AppliedHash(connection, transaction, number);
        if (applied == hash)
            return;
        if (applied is not null)
        {
            throw new StoreUnavailableException(
                $"Migration {name} of {component} is not the one that was applied to '{database.Path}'. "
                + "Start the version that made the database, or restore a backup.");
        }

        Execute(connection, transaction, sql);
        Execute(connection, transaction,
            "insert into migrations values ($component, $number, $name, $hash, strftime('%Y-%m-%dT%H:%M:%SZ'))",
            ("$component", component), ("$number", number), ("$name", name), ("$hash", hash));
        transaction.Commit();
    }

    private static int NumberOf(string file) =>
        int.Parse(file.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture);

    private string? AppliedHash(SqliteConnection connection, SqliteTransaction transaction, int number)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select hash from migrations where component = $component and number = $number";
        command.Parameters.AddWithValue("$component", component);
        command.Parameters.AddWithValue("$number", number);
        return (string?)command.ExecuteScalar();
    }

    private string Read(string file)
    {
        using var stream = assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static void Execute(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, params (string, object)[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text of a migration is embedded in the assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
