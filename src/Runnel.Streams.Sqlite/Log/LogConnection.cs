using System.Globalization;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>The connection on which the log writes, fenced by its incarnation. Used under the write gate.</summary>
internal sealed class LogConnection(SqliteDatabase database) : IDisposable
{
    private long _incarnation;
    private SqliteConnection? _connection;
    private StatementCache? _statements;

    /// <summary>Which opening of the log this is; 0 before.</summary>
    public long Incarnation => Interlocked.Read(ref _incarnation);

    /// <summary>Called after each commit. What it throws looks as if the acknowledgement was lost: for tests.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Makes this process the one that writes: whoever opened the log before can write nothing any more. What is there
    /// is read before that is written down: a database that turns out to be damaged is left as it is.</summary>
    public void TakeOver(Action read) => Use(statements =>
    {
        // From here on nobody else can write.
        statements.Execute("BEGIN IMMEDIATE");
        read();
        _incarnation = statements.Scalar("update writer set incarnation = incarnation + 1 returning incarnation") as long?
            ?? throw new FormatException("The log has lost its writer.");
        statements.Execute("COMMIT");
    });

    /// <summary>Runs work in a transaction. When anything fails it is rolled back and the connection given up: after an I/O
    /// error its state is not to be trusted.</summary>
    /// <exception cref="StoreUnavailableException">Another process has taken the log over; nothing was written.</exception>
    public void Transact(Action<StatementCache> work) => Use(statements =>
    {
        statements.Execute("BEGIN IMMEDIATE");
        if (statements.Scalar("select 1 from writer where incarnation = @mine", ("mine", _incarnation)) is null)
        {
            throw new StoreUnavailableException(
                $"Another process has taken over the log in '{database.Path}'. This one can write nothing any more: stop it.");
        }

        work(statements);
        statements.Execute("COMMIT");
        AfterCommit?.Invoke();
    });

    /// <summary>The first value of a query, outside of a transaction; null when there is none.</summary>
    public long? Ask(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var given = parameters.ToArray();
        object? answer = null;
        Use(statements => answer = statements.Scalar(sql, given));
        return answer is null or DBNull ? null : Convert.ToInt64(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        (_statements, _connection) = (null, null);
    }

    private void Use(Action<StatementCache> work)
    {
        try
        {
            _connection ??= database.ConnectUnpooled();
            work(_statements ??= new StatementCache(_connection));
        }
        catch
        {
            // Closing a connection rolls back what is open on it.
            Dispose();
            throw;
        }
    }
}
