using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence.Postgres;
using Runnel.Server.Persistence.Sqlite;
using Runnel.Server.Persistence.Sqlite.Writing;
using Runnel.Streams;
using Runnel.Streams.Postgres;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Sqlite;

namespace Runnel.Server.Persistence;

/// <summary>The database, the log and EF on it, and the keys of data protection in it. Add it before anything that opens with the
/// host.</summary>
internal static class PersistenceFeature
{
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<DatabaseStart>();
        if (builder.Configuration.GetValue<DatabaseProvider>("Database:Provider") == DatabaseProvider.Postgres)
            services.AddPostgres();
        else
            services.AddSqlite();
        services.AddSingleton<Erasure>();
        services.AddDbContextPool<RunnelDbContext>(
            (provider, options) => provider.GetRequiredService<IServerDatabase>().Use(options));
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<LogCheck>("log");
        services.AddDataProtection().SetApplicationName("runnel");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
    }

    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton(DatabaseFile.Open);
        services.AddSingleton<PreparedConnections>();
        services.AddSingleton<GatedWrites>();
        services.AddSingleton<GatedCommands>();
        services.AddSingleton<IServerDatabase, SqliteServerDatabase>();
        services.AddRunnelStreams().UseSqlite();
    }

    private static void AddPostgres(this IServiceCollection services)
    {
        services.AddSingleton(PostgresConnection.Open);
        services.AddOptions<PostgresOptions>().Configure<IOptions<ClusterOptions>>((options, cluster) =>
        {
            if (!string.IsNullOrWhiteSpace(cluster.Value.NodeName))
                options.NodeName = cluster.Value.NodeName;
            options.Lease = cluster.Value.Lease;
        });
        services.AddSingleton<IServerDatabase, PostgresServerDatabase>();
        services.AddRunnelStreams().UsePostgres();
    }
}
