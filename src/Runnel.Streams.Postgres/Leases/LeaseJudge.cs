namespace Runnel.Streams.Postgres.Leases;

/// <summary>
/// Tells which processes have been silent for a whole lease. Only time counts in which the database answered this process, one
/// answer after the other: while it is away nobody can beat, and nobody is to be judged for that. Clocks are not compared. Not
/// thread-safe.
/// </summary>
/// <param name="lease">How long a process may be silent.</param>
internal sealed class LeaseJudge(TimeSpan lease)
{
    private readonly Dictionary<long, (long Beat, TimeSpan Since)> _seen = [];
    private TimeSpan? _answered;

    /// <summary>Takes an answer; those whose lease has expired, with the beat that was their last.</summary>
    /// <param name="asked">When the database was asked, by a clock of this process that only goes forward.</param>
    /// <param name="answered">When the answer came.</param>
    /// <param name="beats">The beats of all others, by incarnation.</param>
    public IReadOnlyList<(long Incarnation, long Beat)> Judge(
        TimeSpan asked, TimeSpan answered, IReadOnlyDictionary<long, long> beats)
    {
        // So long without an answer: the database was away, or this process stood still.
        if (answered - _answered > lease / 2)
            _seen.Clear();
        _answered = answered;
        foreach (var gone in _seen.Keys.Where(incarnation => !beats.ContainsKey(incarnation)).ToList())
            _seen.Remove(gone);
        var expired = new List<(long, long)>();
        foreach (var (incarnation, beat) in beats)
        {
            if (!_seen.TryGetValue(incarnation, out var before) || before.Beat != beat)
                _seen[incarnation] = (beat, answered);
            else if (asked - before.Since >= lease)
                expired.Add((incarnation, beat));
        }

        return expired;
    }
}
