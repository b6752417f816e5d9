namespace Runnel.Streams.Sqlite.Database;

/// <summary>
/// SQLite has one writer. Whoever writes, the log's commits and everybody else in the process, passes this gate before
/// <c>BEGIN IMMEDIATE</c>, so that nobody ever meets <c>SQLITE_BUSY</c>. Thread-safe.
/// </summary>
public sealed class WriteGate : IDisposable
{
    // Neither is disposed: whoever holds a pass gives it back also after the gate was closed.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Waits until nobody else writes. Dispose what it returns after commit or rollback.</summary>
    /// <exception cref="ObjectDisposedException">The gate was closed, before or while it waited.</exception>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            await _gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(WriteGate));
        }

        return new Pass(_gate);
    }

    /// <summary>The same, blocking the thread.</summary>
    /// <exception cref="ObjectDisposedException">The gate was closed, before or while it waited.</exception>
    public Pass Enter()
    {
        try
        {
            _gate.Wait(_closed.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ObjectDisposedException(nameof(WriteGate));
        }

        return new Pass(_gate);
    }

    /// <summary>Closes the gate: nobody passes any more, and who waits is told.</summary>
    public void Dispose() => _closed.Cancel();

    /// <summary>The right to write, until disposed; disposing twice is harmless.</summary>
    public sealed class Pass : IDisposable
    {
        private SemaphoreSlim? _gate;

        internal Pass(SemaphoreSlim gate) => _gate = gate;

        /// <inheritdoc />
        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
