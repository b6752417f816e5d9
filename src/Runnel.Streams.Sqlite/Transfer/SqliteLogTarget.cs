using Microsoft.Data.Sqlite;
using Runnel.Streams.Transfer;

namespace Runnel.Streams.Sqlite.Transfer;

/// <summary>Fills the empty log of an SQLite file.</summary>
/// <param name="connection">In a transaction that may write.</param>
public sealed class SqliteLogTarget(SqliteConnection connection) : ILogTarget
{
    /// <inheritdoc />
    public async Task WriteStreamsAsync(IAsyncEnumerable<StreamRecord> streams, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "insert into streams (id, name, generation, first, last, ended) values (@0, @1, @2, @3, @4, @5)";
        await foreach (var (id, name, head) in streams.WithCancellation(cancellationToken))
            Run(command, id, name.Value, head.Generation, head.First, head.Last, head.IsEnded ? 1L : 0L);
    }

    /// <inheritdoc />
    public async Task WriteSegmentsAsync(IAsyncEnumerable<SegmentRecord> segments, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "insert into segments (stream_id, first, last, events) values (@0, @1, @2, @3)";
        await foreach (var (streamId, first, last, events) in segments.WithCancellation(cancellationToken))
            Run(command, streamId, first, last, events);
    }

    /// <inheritdoc />
    public async Task<string?> FindHoleAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = LogHoles.Sql;
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i)
                command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i });
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
