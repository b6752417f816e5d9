using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite.Writing;

/// <summary>Sets on EF's connections what SQLite keeps per connection, durability among it.</summary>
internal sealed class PreparedConnections(SqliteDatabase database) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        database.Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        database.Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }
}
