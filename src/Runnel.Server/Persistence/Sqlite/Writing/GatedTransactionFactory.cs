using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Runnel.Server.Persistence.Sqlite.Writing;

/// <summary>Makes EF's transactions <see cref="GatedTransaction"/>s.</summary>
internal sealed class GatedTransactionFactory(RelationalTransactionFactoryDependencies dependencies)
    : IRelationalTransactionFactory
{
    public RelationalTransaction Create(
        IRelationalConnection connection,
        DbTransaction transaction,
        Guid transactionId,
        IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger,
        bool transactionOwned) =>
        new GatedTransaction(
            connection, transaction, transactionId, logger, transactionOwned, dependencies.SqlGenerationHelper);
}
