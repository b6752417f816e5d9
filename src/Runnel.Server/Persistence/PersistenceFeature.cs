using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Runnel.Server.Persistence.Writing;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence;

/// <summary>The database, EF on it, and the keys of data protection in it. Add it before anything that opens with the host.</summary>
internal static class PersistenceFeature
{
    public static void AddPersistence(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(DatabaseFile.Open);
        services.AddSingleton<Erasure>();
        services.AddHostedService<DatabaseStart>();
        services.AddSingleton<PreparedConnections>();
        services.AddSingleton<GatedWrites>();
        services.AddSingleton<GatedCommands>();
        services.AddDbContextPool<RunnelDbContext>(UseDatabase);
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        services.AddDataProtection().SetApplicationName("runnel");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
    }

    private static void UseDatabase(IServiceProvider services, DbContextOptionsBuilder options) =>
        options
            .UseSqlite(services.GetRequiredService<SqliteDatabase>().ConnectionString)
            .AddInterceptors(
                services.GetRequiredService<PreparedConnections>(),
                services.GetRequiredService<GatedWrites>(),
                services.GetRequiredService<GatedCommands>())
            .ReplaceService<IRelationalTransactionFactory, GatedTransactionFactory>();
}
