namespace Runnel.Providers.Watchdog;

/// <summary>
/// The clock of one answer. One timer for all limits: visible content only notes the time, and the timer, when it
/// fires, looks whether something is due and otherwise sets itself again.
/// </summary>
internal sealed class ContentWatch : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ContentTimeouts _timeouts;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cut;
    private readonly ITimer _timer;
    private readonly long _started;
    private long _since;
    private long _pausedAt;
    private bool _isPaused;
    private bool _hasBegun;
    private ProviderError? _expired;

    public ContentWatch(ContentTimeouts timeouts, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeouts = timeouts;
        _time = time;
        _cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _started = _since = time.GetTimestamp();
        _timer = time.CreateTimer(
            static watch => ((ContentWatch)watch!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Check();
    }

    public CancellationToken Token => _cut.Token;

    /// <summary>Which limit has passed.</summary>
    public ProviderError? Expired
    {
        get
        {
            lock (_gate) return _expired;
        }
    }

    /// <summary>The caller has an update in hand.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            _pausedAt = _time.GetTimestamp();
            _isPaused = true;
        }
    }

    /// <summary>The caller wants the next one.</summary>
    public void Resume(bool sawContent)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _since = sawContent ? now : _since + (now - _pausedAt);
            _isPaused = false;
            if (!sawContent || _hasBegun) return;
            _hasBegun = true;
            // A stall may be due before the first token would have been; from here on what is due only moves away.
            var total = _timeouts.Total - _time.GetElapsedTime(_started, now);
            if (_expired is null) _timer.Change(Next(total, _timeouts.Stall), Timeout.InfiniteTimeSpan);
        }
    }

    public ProviderException Failure() => Expired switch
    {
        ProviderError.Timeout => new(
            ProviderError.Timeout, $"The model did not begin to answer within {Say(_timeouts.FirstToken)}. Try again."),
        ProviderError.Stalled => new(
            ProviderError.Stalled, $"The model wrote nothing more for {Say(_timeouts.Stall)}. Try again."),
        _ => new(
            ProviderError.TurnTimeout,
            $"The answer was not complete after {Say(_timeouts.Total)}. Ask for less at once."),
    };

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _cut.Dispose();
    }

    private static string Say(TimeSpan limit) => FormattableString.Invariant($"{limit.TotalSeconds:0.###} seconds");

    private void Check()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var total = _timeouts.Total - _time.GetElapsedTime(_started, now);
            var silence = (_hasBegun ? _timeouts.Stall : _timeouts.FirstToken)
                - _time.GetElapsedTime(_since, _isPaused ? _pausedAt : now);
            if (total <= TimeSpan.Zero) _expired = ProviderError.TurnTimeout;
            else if (silence <= TimeSpan.Zero) _expired = _hasBegun ? ProviderError.Stalled : ProviderError.Timeout;
            if (_expired is null)
            {
                _timer.Change(Next(total, silence), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        // Outside the lock: what is cancelled may run at once, and on into Resume.
        _cut.Cancel();
    }

    /// <summary>Timers count whole milliseconds downwards, so a rest of less than one would fire for ever.</summary>
    private static TimeSpan Next(TimeSpan total, TimeSpan silence)
    {
        var due = total < silence ? total : silence;
        var least = TimeSpan.FromMilliseconds(1);
        return due < least ? least : due;
    }
}
