using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence.Keys;
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
            (provider, options) =>
            {
                // Rows are found by their keys: there is one, or none.
                options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.FirstWithoutOrderByAndFilterWarning));
                provider.GetRequiredService<IServerDatabase>().Use(options);
            });
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
        services.AddSingleton<IServerLocks, OnlyServer>();
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
        services.AddSingleton<IServerLocks, PostgresLocks>();
        services.AddRunnelStreams().UsePostgres();
        services.AddTimeOfDatabase();
        services.AddKeysInTime();
    }

    /// <summary>All servers on a database have one time, by which they judge what another one wrote.</summary>
    private static void AddTimeOfDatabase(this IServiceCollection services)
    {
        services.AddKeyedSingleton(DatabaseClock.Machine, TimeProvider.System);
        services.AddSingleton(provider =>
            new DatabaseClock(provider.GetRequiredKeyedService<TimeProvider>(DatabaseClock.Machine)));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddHostedService<ClockReadings>();
    }

    private static void AddKeysInTime(this IServiceCollection services)
    {
        services.AddDataProtection();
        var chosen = services.Last(service => service.ServiceType == typeof(IDefaultKeyResolver)).ImplementationType!;
        services.AddSingleton<IDefaultKeyResolver>(provider => new KeysInTime(
            (IDefaultKeyResolver)ActivatorUtilities.CreateInstance(provider, chosen),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<FirstKey>();
    }
}
