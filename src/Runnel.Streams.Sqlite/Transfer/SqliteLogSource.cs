using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Sqlite.Log;
using Runnel.Streams.Transfer;

namespace Runnel.Streams.Sqlite.Transfer;

/// <summary>The log of an SQLite file, also beside the process that writes it. What only the journal has, 64 MB or so, is held in
/// memory.</summary>
/// <param name="connection">In a transaction.</param>
public sealed class SqliteLogSource(SqliteConnection connection) : ILogSource
{
    private const int SegmentBytes = 256 * 1024;

    private List<StoredStream>? _recent;

    /// <inheritdoc />
    public async IAsyncEnumerable<StreamRecord> ReadStreamsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = Recent().ToDictionary(stream => stream.Id, stream => stream.Head);
        await using var command = connection.CreateCommand();
        command.CommandText = StreamRow.All;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (StreamRow.Read(rows) is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StreamRecord(row.Id, row.Name, heads.GetValueOrDefault(row.Id, row.Head));
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SegmentRecord> ReadSegmentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select stream_id, first, last, events from segments order by stream_id, last";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return new SegmentRecord(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3));
        foreach (var stream in Recent())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var segment in Cut(stream))
                yield return segment;
        }
    }

    private List<StoredStream> Recent() => _recent ??= [.. JournalContent.Read(connection).Streams];

    /// <summary>The segments that compaction would make of what only the journal has.</summary>
    private static IEnumerable<SegmentRecord> Cut(StoredStream stream)
    {
        while (stream.TakeRecent(SegmentBytes) is { Events: { Count: > 0 } events } taken)
        {
            yield return new SegmentRecord(
                stream.Id, taken.First, taken.First + events.Count - 1, Compactor.Encode(stream, events));
            stream.DropRecent(events.Count);
        }
    }
}
