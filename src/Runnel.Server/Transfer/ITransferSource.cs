using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer;

/// <summary>A whole database as it was at one moment.</summary>
internal interface ITransferSource : IAsyncDisposable
{
    /// <summary>What kind of database it is, for who looks into the file.</summary>
    string Database { get; }

    /// <summary>The number of the newest migration of the server's tables.</summary>
    int Schema { get; }

    ILogSource Log { get; }

    /// <summary>The tables that there are, in order.</summary>
    Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<object?[]> ReadAsync(Table table, CancellationToken cancellationToken);

    /// <summary>The highest id that each table has ever given, where ids are not given twice.</summary>
    Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellationToken);
}
