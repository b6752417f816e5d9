using Microsoft.Extensions.DependencyInjection.Extensions;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite;

/// <summary>The door into a container.</summary>
public static class SqliteRegistration
{
    /// <summary>Keeps the log in an SQLite file, which is made when it is not there. Its directory belongs to this process
    /// alone.</summary>
    /// <param name="builder">From <see cref="StreamsRegistration.AddRunnelStreams"/>.</param>
    /// <param name="path">The file, relative to the working directory or absolute.</param>
    /// <param name="durability">What a commit survives.</param>
    public static RunnelStreamsBuilder UseSqlite(
        this RunnelStreamsBuilder builder, string path, SqliteDurability durability = SqliteDurability.Full)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(_ => SqliteDatabase.Open(path, durability));
        return builder.UseSqlite();
    }

    /// <summary>Keeps the log in the <see cref="SqliteDatabase"/> that the container has, beside the application's own
    /// tables.</summary>
    public static RunnelStreamsBuilder UseSqlite(this RunnelStreamsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<JournalMetrics>();
        builder.Services.TryAddSingleton<IStreamStore, SqliteStreamStore>();
        return builder;
    }
}
