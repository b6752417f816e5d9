using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite.Writing;

/// <summary>
/// A command without rows and outside a transaction (<c>ExecuteUpdate</c>, <c>ExecuteDelete</c>, <c>ExecuteSql</c>) is a write of
/// its own and passes the write gate. It is executed here, so that no way out of it can keep the pass.
/// </summary>
internal sealed class GatedCommands(SqliteDatabase database) : DbCommandInterceptor
{
    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (result.HasResult || command.Transaction is not null)
            return result;
        using var pass = database.WriteGate.Enter();
        return InterceptionResult<int>.SuppressWithResult(command.ExecuteNonQuery());
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        if (result.HasResult || command.Transaction is not null)
            return result;
        using var pass = await database.WriteGate.EnterAsync(cancellationToken);
        return InterceptionResult<int>.SuppressWithResult(await command.ExecuteNonQueryAsync(cancellationToken));
    }
}
