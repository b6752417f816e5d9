using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite.Writing;

/// <summary>
/// A transaction of EF passes the write gate, then begins as IMMEDIATE. Both happen here, in one place, so that a BEGIN that fails
/// gives the pass back; <see cref="GatedTransaction"/> gives it back otherwise. The gate is not re-entrant: inside a transaction
/// nobody may write through a second context, nor wait for an append to the log.
/// </summary>
internal sealed class GatedWrites(SqliteDatabase database) : DbTransactionInterceptor
{
    public override InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
        result.HasResult ? result : Begin(connection, database.WriteGate.Enter());

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) =>
        result.HasResult ? result : Begin(connection, await database.WriteGate.EnterAsync(cancellationToken));

    private static InterceptionResult<DbTransaction> Begin(DbConnection connection, WriteGate.Pass pass)
    {
        try
        {
            var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
            GatedTransaction.Passes.Add(transaction, pass);
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }
}
