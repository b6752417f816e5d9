using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Configuration;

/// <summary>Where everything is kept: <c>Database:*</c>.</summary>
internal sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary><c>Data Source=…</c>. Without it, <c>runnel.db</c> in the data directory.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>What a commit survives.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;
}
