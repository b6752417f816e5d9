using Runnel.Server.Persistence;
using Runnel.Server.Transfer.Files;

namespace Runnel.Server.Transfer;

/// <summary>Writes a whole database to a file.</summary>
internal static class Export
{
    /// <summary>Writes it, a row at a time.</summary>
    public static async Task<Amount> RunAsync(
        ITransferSource source, Stream output, Progress progress, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var writer = new ExportWriter(output);
        await writer.WriteAsync(
            new ExportHeader(
                ExportHeader.FormatName, ExportHeader.NewestVersion, source.Schema, source.Database, UtcText.Write(time.GetUtcNow())),
            cancellationToken);
        foreach (var table in await source.TablesAsync(cancellationToken))
            await WriteAsync(table, source.ReadAsync(table, cancellationToken));
        await WriteAsync(LogTables.Streams, source.Log.ReadStreamsAsync(cancellationToken).Select(LogTables.RowOf));
        await WriteAsync(LogTables.Segments, source.Log.ReadSegmentsAsync(cancellationToken).Select(LogTables.RowOf));
        await writer.FinishAsync(await source.CountersAsync(cancellationToken), cancellationToken);
        return progress.Total(LogTables.Streams.Name, LogTables.Segments.Name);

        Task WriteAsync(Table table, IAsyncEnumerable<object?[]> rows) =>
            writer.WriteAsync(table, progress.CountAsync(table.Name, rows, cancellationToken), cancellationToken);
    }
}
