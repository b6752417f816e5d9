using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer;

/// <summary>An empty database that is filled in one transaction; nothing of it stays unless it is finished.</summary>
internal interface ITransferTarget : IAsyncDisposable
{
    ILogTarget Log { get; }

    /// <summary>The tables that there are, in order.</summary>
    Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken);

    Task WriteAsync(Table table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Makes what follows from the rows, commits, and brings the tables up to date.</summary>
    /// <param name="counters">See <see cref="ITransferSource.CountersAsync"/>.</param>
    /// <param name="cancellationToken">Nothing is changed when it ends before the commit.</param>
    Task FinishAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellationToken);
}
