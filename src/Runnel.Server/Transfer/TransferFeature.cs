using Runnel.Server.Configuration;
using Runnel.Server.Transfer.Postgres;
using Runnel.Server.Transfer.Sqlite;

namespace Runnel.Server.Transfer;

/// <summary>What carries a whole database over to another one.</summary>
internal static class TransferFeature
{
    public static void AddTransfer(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<DatabaseProvider>("Database:Provider") == DatabaseProvider.Postgres)
            builder.Services.AddSingleton<ITransferDatabase, PostgresTransferDatabase>();
        else
            builder.Services.AddSingleton<ITransferDatabase, SqliteTransferDatabase>();
    }
}
