using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Reading;

/// <summary>Reads where streams stand. Thread-safe.</summary>
internal sealed class HeadReader(PostgresDatabase database)
{
    /// <summary>Those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<StreamMove>> FindAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            "select name, generation, first, last, ended from streams where name = any($1)");
        command.Parameters.Add(new() { Value = streams.Select(stream => stream.Value).ToArray() });
        var found = new List<StreamMove>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new StreamMove(
                new StreamName(rows.GetString(0)),
                new StreamHead(rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetBoolean(4))));
        }

        return found;
    }

    /// <summary>Whether a process is not fenced off.</summary>
    public async Task<bool> MayWriteAsync(long incarnation, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            "select 1 from writers where incarnation = $1 and not fenced");
        command.Parameters.Add(new() { Value = incarnation });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
