using Npgsql;
using NpgsqlTypes;
using Runnel.Streams.Transfer;

namespace Runnel.Streams.Postgres.Transfer;

/// <summary>Fills the empty log of a PostgreSQL database.</summary>
/// <param name="connection">In a transaction.</param>
public sealed class PostgresLogTarget(NpgsqlConnection connection) : ILogTarget
{
    /// <inheritdoc />
    public async Task WriteStreamsAsync(IAsyncEnumerable<StreamRecord> streams, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy streams (id, name, generation, first, last, ended) from stdin (format binary)", cancellationToken);
        await foreach (var (id, name, head) in streams.WithCancellation(cancellationToken))
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(name.Value, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(head.Generation, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(head.First, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(head.Last, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(head.IsEnded, NpgsqlDbType.Boolean, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task WriteSegmentsAsync(IAsyncEnumerable<SegmentRecord> segments, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy segments (stream_id, first, last, events) from stdin (format binary)", cancellationToken);
        await foreach (var (streamId, first, last, events) in segments.WithCancellation(cancellationToken))
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(streamId, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(first, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(last, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(events, NpgsqlDbType.Bytea, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<string?> FindHoleAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LogHoles.Sql, connection);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
