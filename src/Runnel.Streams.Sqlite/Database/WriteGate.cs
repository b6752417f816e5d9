namespace Runnel.Streams.Sqlite.Database;

/// <summary>
/// SQLite has one writer. Whoever writes, the log's commits and everybody else in the process, passes this gate before
/// <c>BEGIN IMMEDIATE</c>, so that nobody ever meets <c>SQLITE_BUSY</c>. Thread-safe.
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits until nobody else writes. Dispose what it returns after commit or rollback.</summary>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Pass(_gate);
    }

    /// <summary>The same, blocking the thread.</summary>
    public Pass Enter()
    {
        _gate.Wait();
        return new Pass(_gate);
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    /// <summary>The right to write, until disposed; disposing twice is harmless.</summary>
    public sealed class Pass : IDisposable
    {
        private SemaphoreSlim? _gate;

        internal Pass(SemaphoreSlim gate) => _gate = gate;

        /// <inheritdoc />
        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
