using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence.Sqlite.Writing;

/// <summary>
/// Gives the pass of the write gate back when EF lets go of the transaction: after commit, after rollback, and on disposal without
/// either, which no interceptor is told of.
/// </summary>
internal sealed class GatedTransaction(
    IRelationalConnection connection,
    DbTransaction transaction,
    Guid transactionId,
    IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger,
    bool transactionOwned,
    ISqlGenerationHelper sqlGenerationHelper)
    : RelationalTransaction(connection, transaction, transactionId, logger, transactionOwned, sqlGenerationHelper)
{
    /// <summary>The pass that each open transaction holds.</summary>
    public static ConditionalWeakTable<DbTransaction, WriteGate.Pass> Passes { get; } = [];

    private readonly DbTransaction _transaction = transaction;

    protected override void ClearTransaction()
    {
        try
        {
            base.ClearTransaction();
        }
        finally
        {
            Leave();
        }
    }

    protected override async Task ClearTransactionAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await base.ClearTransactionAsync(cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Passes.TryGetValue(_transaction, out var pass))
            pass.Dispose();
        Passes.Remove(_transaction);
    }
}
