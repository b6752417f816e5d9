using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres;

/// <summary>The door into a container.</summary>
public static class PostgresRegistration
{
    /// <summary>Keeps the log in a PostgreSQL database, which several processes may share. Its tables are made when they are not
    /// there.</summary>
    /// <param name="builder">From <see cref="StreamsRegistration.AddRunnelStreams"/>.</param>
    /// <param name="connectionString">As Npgsql takes it. It must lead to a server that takes writes; where it passes a pooler,
    /// see <see cref="PostgresOptions.ListenerConnectionString"/>.</param>
    /// <param name="configure">Who this process is, and how long it waits.</param>
    public static RunnelStreamsBuilder UsePostgres(
        this RunnelStreamsBuilder builder, string connectionString, Action<PostgresOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<PostgresOptions>().Configure(options => configure?.Invoke(options));
        builder.Services.TryAddSingleton(services => new PostgresDatabase(
            connectionString, services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PostgresOptions>>().Value));
        return builder.UsePostgres();
    }

    /// <summary>Keeps the log in the <see cref="PostgresDatabase"/> that is registered.</summary>
    /// <param name="builder">From <see cref="StreamsRegistration.AddRunnelStreams"/>.</param>
    public static RunnelStreamsBuilder UsePostgres(this RunnelStreamsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<SharedLogMetrics>();
        builder.Services.TryAddSingleton<IStreamStore, PostgresStreamStore>();
        return builder;
    }
}
