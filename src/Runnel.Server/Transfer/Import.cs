using Runnel.Server.Transfer.Files;

namespace Runnel.Server.Transfer;

/// <summary>Reads a file into an empty database, all or nothing.</summary>
internal sealed class Import
{
    private readonly ExportReader _reader;
    private readonly ITransferTarget _target;
    private readonly Progress _progress;
    private readonly Dictionary<string, Table> _missing;
    private Dictionary<string, long>? _counters;

    private Import(ExportReader reader, ITransferTarget target, Progress progress, IReadOnlyList<Table> tables)
    {
        (_reader, _target, _progress) = (reader, target, progress);
        _missing = tables.Append(LogTables.Streams).Append(LogTables.Segments).ToDictionary(table => table.Name);
    }

    /// <exception cref="TransferException">The file is damaged, or the database cannot take it; nothing was changed.</exception>
    public static async Task<Amount> RunAsync(
        ITransferDatabase database, Stream input, Progress progress, CancellationToken cancellationToken)
    {
        await using var reader = new ExportReader(input);
        var header = await reader.ReadHeaderAsync(cancellationToken);
        await using var target = await database.OpenTargetAsync(header.Schema, cancellationToken);
        var import = new Import(reader, target, progress, await target.TablesAsync(cancellationToken));
        await import.FillAsync(cancellationToken);
        return progress.Total(LogTables.Streams.Name, LogTables.Segments.Name);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadMarkAsync(cancellationToken) is { } mark)
        {
            if (mark is { Table: { } table, Columns: { } columns })
                await ReadTableAsync(table, columns, cancellationToken);
            else
                _counters = mark.Counters ?? throw new TransferException("The file has a line that this version does not know.");
        }

        if (_counters is null || _missing.Count > 0)
            throw new TransferException($"The file lacks {_missing.Keys.FirstOrDefault("the counters")}.");
        if (await _target.Log.FindHoleAsync(cancellationToken) is { } stream)
            throw new TransferException($"The file lacks events of the stream '{stream}'.");
        await _target.FinishAsync(_counters, cancellationToken);
    }

    private async Task ReadTableAsync(string name, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (!_missing.Remove(name, out var known))
            throw new TransferException($"The file has a table {name} that this version does not know, or has it twice.");
        var table = InOrderOf(known, columns);
        var kinds = table.Columns.Select(column => column.Kind).ToList();
        var rows = _progress.CountAsync(name, _reader.ReadRowsAsync(kinds, cancellationToken), cancellationToken);
        if (name == LogTables.Streams.Name)
            await _target.Log.WriteStreamsAsync(rows.Select(LogTables.StreamOf), cancellationToken);
        else if (name == LogTables.Segments.Name)
            await _target.Log.WriteSegmentsAsync(rows.Select(LogTables.SegmentOf), cancellationToken);
        else
            await _target.WriteAsync(table, rows, cancellationToken);
    }

    /// <summary>A table with its columns in the order of the file, where they are the same.</summary>
    private static Table InOrderOf(Table known, IReadOnlyList<string> columns)
    {
        var byName = known.Columns.ToDictionary(column => column.Name);
        if (columns.Count != byName.Count || columns.FirstOrDefault(column => !byName.ContainsKey(column)) is not null)
            throw new TransferException($"The columns of {known.Name} in the file are not those of this version.");
        return known with { Columns = [.. columns.Select(column => byName[column])] };
    }
}
