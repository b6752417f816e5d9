using Runnel.Streams.Events;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Files;

/// <summary>How the log stands in a file: as two tables, whatever the tables of its database are.</summary>
internal static class LogTables
{
    public static Table Streams { get; } = new("log.streams",
    [
        new("id", ColumnKind.Integer), new("name", ColumnKind.Text), new("generation", ColumnKind.Integer),
        new("first", ColumnKind.Integer), new("last", ColumnKind.Integer), new("ended", ColumnKind.Integer),
    ]);

    public static Table Segments { get; } = new("log.segments",
    [
        new("stream_id", ColumnKind.Integer), new("first", ColumnKind.Integer), new("last", ColumnKind.Integer),
        new("events", ColumnKind.Bytes),
    ]);

    public static object?[] RowOf(StreamRecord stream) =>
    [
        stream.Id, stream.Name.Value, stream.Head.Generation, stream.Head.First, stream.Head.Last, stream.Head.IsEnded ? 1L : 0L,
    ];

    public static object?[] RowOf(SegmentRecord segment) => [segment.StreamId, segment.First, segment.Last, segment.Events];

    public static StreamRecord StreamOf(object?[] row) =>
        row is [long id, string text, long generation, long first, long last, long ended] && StreamName.TryCreate(text, out var name)
            ? new StreamRecord(id, name, new StreamHead(generation, first, last, ended != 0))
            : throw new FormatException("A stream is wrong.");

    public static SegmentRecord SegmentOf(object?[] row) => row is [long streamId, long first, long last, byte[] events]
        ? new SegmentRecord(streamId, first, last, events)
        : throw new FormatException("A segment is wrong.");
}
