using Microsoft.Extensions.Options;
using Npgsql;
using Runnel.Server.Configuration;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Persistence.Postgres;

/// <summary>Makes of the configuration how the database is reached.</summary>
internal static class PostgresConnection
{
    public static PostgresDatabase Open(IServiceProvider services) =>
        Open(services, services.GetRequiredService<IOptions<PostgresOptions>>().Value);

    public static PostgresDatabase Open(IServiceProvider services, PostgresOptions options)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (!string.IsNullOrWhiteSpace(database.ListenerConnectionString))
            options.ListenerConnectionString = Checked("ListenerConnectionString", database.ListenerConnectionString);
        return new PostgresDatabase(Checked("ConnectionString", database.ConnectionString), options);
    }

    /// <exception cref="ConfigurationException">The connection string cannot be read or names no server.</exception>
    private static string Checked(string key, string? connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrEmpty(parsed.Host))
                return parsed.ToString();
        }
        catch (ArgumentException)
        {
            // The text of the exception may quote the password.
        }

        throw new ConfigurationException(
            $"Database:{key} must lead to PostgreSQL, as in \"Host=db.example.org;Database=runnel;Username=runnel;Password=…\".");
    }
}
