using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>A row of <c>streams</c>: a stream as far as segments have it.</summary>
internal static class StreamRow
{
    public const string All = "select id, name, generation, first, last, ended from streams";

    public const string ByName = All + " where name = @name";

    public const string ById = All + " where id = @id";

    /// <summary>The next row of one of these queries; null when there is none.</summary>
    public static StoredStream? Read(SqliteDataReader row) => row.Read()
        ? new StoredStream(
            row.GetInt64(0),
            new StreamName(row.GetString(1)),
            new StreamHead(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5)))
        : null;
}
