using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite;

/// <summary>Opens the database that the configuration names.</summary>
internal static class DatabaseFile
{
    public static SqliteDatabase Open(IServiceProvider services)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        var directory = services.GetRequiredService<IOptions<DataOptions>>().Value.Directory;
        return SqliteDatabase.Open(Path(database.ConnectionString, directory), database.Durability);
    }

    /// <exception cref="ConfigurationException">The connection string cannot be read or names no file.</exception>
    public static string Path(string? connectionString, string directory)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return System.IO.Path.Combine(directory, "runnel.db");
        try
        {
            var parsed = new SqliteConnectionStringBuilder(connectionString);
            if (parsed.DataSource is { Length: > 0 } file && file != ":memory:")
                return file;
        }
        catch (ArgumentException)
        {
            // The text of the exception may quote a password of another database's connection string.
        }

        throw new ConfigurationException(
            "Database:ConnectionString must name a file, as in \"Data Source=/var/lib/runnel/runnel.db\".");
    }
}
