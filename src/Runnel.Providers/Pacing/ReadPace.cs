namespace Runnel.Providers.Pacing;

/// <summary>
/// How often answers are read when many are being written at once. To read an answer, pass it on and come back costs about the
/// same for one token as for ten, so that of many answers each is read at intervals, and brings what has gathered. A few
/// dozen for each core are read as soon as something comes. One for all answers of a process; thread-safe.
/// </summary>
public sealed class ReadPace : IDisposable
{
    /// <summary>An interval is so long for each answer that a core has: it leaves two thirds of the core to everything else.</summary>
    private static readonly TimeSpan Each = TimeSpan.FromMicroseconds(200);

    /// <summary>Less is not worth waiting for.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(16);

    /// <summary>More would be seen.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(60);

    /// <summary>Those whose time comes within it are read together, and so share a commit.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(8);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly int _cores;
    private List<PacedAnswer> _waiting = [];
    private int _answers;
    private bool _isTicking;

    /// <param name="time">The clock; null: the system's.</param>
    public ReadPace(TimeProvider? time = null)
        : this(time ?? TimeProvider.System, Environment.ProcessorCount)
    {
    }

    internal ReadPace(TimeProvider time, int cores)
    {
        (_time, _cores) = (time, cores);
        _timer = _time.CreateTimer(
            static pace => ((ReadPace)pace!).ResumeDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long after a read an answer is read again at the earliest; zero for at once.</summary>
    public TimeSpan Interval => For(Volatile.Read(ref _answers), _cores);

    /// <summary>The interval for a number of answers.</summary>
    internal static TimeSpan For(int answers, int cores)
    {
        var interval = Each * answers / cores;
        return interval < Shortest ? TimeSpan.Zero : interval < Longest ? interval : Longest;
    }

    /// <summary>Dispose it when nothing is read any more: who waits would wait for ever.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>An answer is going to be read. Dispose what it returns at its end.</summary>
    internal PacedAnswer Enter()
    {
        Interlocked.Increment(ref _answers);
        return new PacedAnswer(this, _time);
    }

    internal void Leave() => Interlocked.Decrement(ref _answers);

    /// <summary>Has an answer resumed when its time has come.</summary>
    internal void Add(PacedAnswer answer)
    {
        lock (_gate)
        {
            _waiting.Add(answer);
            if (_isTicking)
                return;
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);
            _isTicking = true;
        }
    }

    private void ResumeDue()
    {
        var due = new List<PacedAnswer>();
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var rest = new List<PacedAnswer>(_waiting.Count);
            foreach (var answer in _waiting)
                (answer.IsDue(now) ? due : rest).Add(answer);
            _waiting = rest;
            _isTicking = rest.Count > 0;
            if (_isTicking)
                _timer.Change(Tick, Timeout.InfiniteTimeSpan);
        }

        ResumedAnswers.Queue(due);
    }
}
