using System.Collections.Concurrent;
using System.Diagnostics;

namespace Runnel.Server.Tests.Cluster.People;

/// <summary>What all people together saw while one thing was done to the cluster. Thread-safe.</summary>
internal sealed class Sightings
{
    private readonly Lock _gate = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _interrupted = [];
    private long _faultAt;

    /// <summary>What requests were answered with, by what was asked for: <c>send 503</c>.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();

    public TimeSpan LongestSilence { get; private set; }

    /// <summary>From the fault to the end of an answer that it interrupted, at the reader who was shown it last.</summary>
    public TimeSpan LastInterruption { get; private set; }

    /// <summary>How many answers were interrupted.</summary>
    public int Interruptions
    {
        get
        {
            lock (_gate)
                return _interrupted.Count;
        }
    }

    /// <summary>From now on ends are counted from this moment.</summary>
    public void MarkFault() => _faultAt = Stopwatch.GetTimestamp();

    public void Answered(string what) => Answers.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Somebody was shown an event, and the one before at that time.</summary>
    public void Heard(long before)
    {
        var silence = Stopwatch.GetElapsedTime(Math.Max(before, _began));
        lock (_gate)
            LongestSilence = silence > LongestSilence ? silence : LongestSilence;
    }

    /// <summary>Somebody was shown that the answer of a turn was interrupted.</summary>
    public void Interrupted(string turn)
    {
        lock (_gate)
        {
            _interrupted.Add(turn);
            var after = _faultAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_faultAt);
            LastInterruption = after > LastInterruption ? after : LastInterruption;
        }
    }
}
