using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Configuration;

/// <summary>Where everything is kept: <c>Database:*</c>.</summary>
internal sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>SQLite: <c>Data Source=…</c>; without it, <c>runnel.db</c> in the data directory. PostgreSQL: as Npgsql takes
    /// it, <c>Host=…;Database=…;Username=…;Password=…</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>PostgreSQL: how the connection is made that hears what other servers write, where the one above leads to a pooler
    /// in transaction mode; none: like the others.</summary>
    public string? ListenerConnectionString { get; set; }

    /// <summary>What a commit to SQLite survives.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;
}
