using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>A store whose commits and look-ups a test can hold back, or make fail.</summary>
public sealed class HeldStore(IStreamStore inner) : IStreamStore, IDisposable
{
    private readonly SemaphoreSlim _entered = new(0);
    private volatile TaskCompletionSource? _commits;
    private volatile TaskCompletionSource? _finds;
    private readonly SemaphoreSlim _asked = new(0);
    private PendingAppend? _lost;
    private bool _losesAnswers;
    private int _count;
    private int _reads;

    /// <summary>Thrown once, by the next commit or <see cref="FailsAt"/>.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The earliest commit, counted from 1, that fails.</summary>
    public int FailsAt { get; set; }

    /// <summary>Thrown by every read while it is set.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>What it says of every stream while it is set; events before its first are gone.</summary>
    public StreamHead? Head { get; set; }

    /// <summary>While it is set, commits are stored but their answers are lost, and who asks again is not told either.</summary>
    public bool LosesAnswers
    {
        get => Volatile.Read(ref _losesAnswers);
        set => Volatile.Write(ref _losesAnswers, value);
    }

    public int CommitCount => Volatile.Read(ref _count);

    public int ReadCount => Volatile.Read(ref _reads);

    public void HoldCommits() => _commits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseCommits() => Interlocked.Exchange(ref _commits, null)?.SetResult();

    public void HoldFinds() => _finds = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseFinds() => Interlocked.Exchange(ref _finds, null)?.SetResult();

    /// <summary>Completes for each commit or look-up that was entered.</summary>
    public Task EnteredAsync() => _entered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Completes when the log has asked again for the commit whose answer was lost, a number of times.</summary>
    public async Task AskedAgainAsync(int times)
    {
        for (; times > 0; times--)
            await _asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _entered.Dispose();
        _asked.Dispose();
    }

    public long Incarnation => inner.Incarnation;

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public async ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        var count = Interlocked.Increment(ref _count);
        if (_commits is { } held)
        {
            _entered.Release();
            await held.Task;
        }

        if (Failure is { } failure && count >= FailsAt)
        {
            Failure = null;
            throw failure;
        }

        if (_lost != batch[0])
            await inner.CommitAsync(batch, cancellationToken);
        else
            _asked.Release();
        _lost = LosesAnswers ? batch[0] : null;
        if (_lost is not null)
            throw new StoreUnavailableException("The connection is gone.") { MayBeStored = true };
    }

    public async ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken)
    {
        var found = await inner.FindAsync(stream, cancellationToken);
        if (_finds is { } held)
        {
            _entered.Release();
            await held.Task;
        }

        return Head ?? found;
    }

    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        if (ReadFailure is { } failure)
            throw failure;
        var entries = await inner.ReadAsync(stream, after, maxBytes, cancellationToken);
        return Head is { } head ? [.. entries.Where(entry => entry.Number >= head.First)] : entries;
    }
}
