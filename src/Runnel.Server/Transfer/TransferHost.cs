using Runnel.Server.Configuration;
using Runnel.Server.Transfer.Postgres;
using Runnel.Server.Transfer.Sqlite;

namespace Runnel.Server.Transfer;

/// <summary>As much of the server as leads to its database, with the same configuration. Making it opens nothing.</summary>
internal static class TransferHost
{
    // The standard output is for what a command gives.
    private static readonly string[] Quiet =
        ["--Logging:LogLevel:Default=Warning", "--Logging:Console:LogToStandardErrorThreshold=Trace"];

    public static WebApplication Build(params IEnumerable<string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. settings, .. Quiet],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddConfiguredOptions();
        builder.Services.AddSingleton(TimeProvider.System);
        if (builder.Configuration.GetValue<DatabaseProvider>("Database:Provider") == DatabaseProvider.Postgres)
            builder.Services.AddSingleton<ITransferDatabase, PostgresTransferDatabase>();
        else
            builder.Services.AddSingleton<ITransferDatabase, SqliteTransferDatabase>();
        return builder.Build();
    }
}
