namespace Runnel.Fakes;

/// <summary>What came in and what became of it, for tests that wait for just that.</summary>
internal sealed class RequestLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<UpstreamRequest> _requests = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _active;
    private int _aborts;

    public IReadOnlyList<UpstreamRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public int Active => Volatile.Read(ref _active);

    public int Aborts => Volatile.Read(ref _aborts);

    /// <summary>How often this was asked so far.</summary>
    public int CountOf(string lastUserMessage)
    {
        lock (_gate) return _requests.Count(request => request.LastUserMessage == lastUserMessage);
    }

    public void Begin(UpstreamRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
            _active++;
            Signal();
        }
    }

    public void End(bool clientGone)
    {
        lock (_gate)
        {
            _active--;
            if (clientGone) _aborts++;
            Signal();
        }
    }

    public async Task<UpstreamRequest> WaitForRequestAsync(int number, CancellationToken cancellationToken)
    {
        await WaitAsync(() => _requests.Count >= number, cancellationToken);
        return Requests[number - 1];
    }

    public Task WaitForAbortAsync(int count, CancellationToken cancellationToken) =>
        WaitAsync(() => _aborts >= count, cancellationToken);

    private async Task WaitAsync(Func<bool> happened, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (happened()) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience, cancellationToken);
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
