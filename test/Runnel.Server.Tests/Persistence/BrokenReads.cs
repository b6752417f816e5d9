using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Runnel.Server.Tests.Persistence;

/// <summary>A disk that fails some reads, of a text that a test names, and works again after that.</summary>
internal sealed class BrokenReads : DbCommandInterceptor
{
    private const int IoError = 10;

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _part;
    private int _left;

    /// <summary>Completes when as many have failed as were to.</summary>
    public Task AllHaveFailed => _all.Task;

    public void Break(string part, int times) => (_part, _left) = (part, times);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (_part is null || !command.CommandText.Contains(_part, StringComparison.Ordinal))
            return ValueTask.FromResult(result);
        var left = Interlocked.Decrement(ref _left);
        if (left == 0)
            _all.TrySetResult();
        return left >= 0 ? throw new SqliteException("disk I/O error", IoError) : ValueTask.FromResult(result);
    }
}
