using System.Collections.Concurrent;

namespace Runnel.Server.Auth.Sessions;

/// <summary>
/// Sessions as they were read a moment ago, so that not every request asks the database. What this process ends is known at
/// once; what somebody else ends, when its time is over. Thread-safe.
/// </summary>
internal sealed class KnownSessions(TimeProvider time)
{
    /// <summary>How long what was read holds.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);

    /// <summary>How long an end is remembered: longer than any read takes that may bring an older state.</summary>
    private static readonly TimeSpan Remembers = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, KnownSession> _sessions = new();
    private long _sweptAt = time.GetTimestamp();

    public int Count => _sessions.Count;

    public KnownSession? Find(string sessionId) =>
        _sessions.TryGetValue(sessionId, out var known) && time.GetElapsedTime(known.ReadAt) < Holds ? known : null;

    /// <summary>Takes what was read, unless the session has ended meanwhile; what holds now.</summary>
    public KnownSession Take(string sessionId, Session? row)
    {
        Sweep();
        var now = time.GetTimestamp();
        var read = row is { RevokedAt: null } ? new KnownSession(row.ExpiresAt, row.SeenAt, false, now) : KnownSession.Ended(now);
        return _sessions.AddOrUpdate(sessionId, read, (_, known) => known.HasEnded ? KnownSession.Ended(now) : read);
    }

    public void End(string sessionId) => _sessions[sessionId] = KnownSession.Ended(time.GetTimestamp());

    private void Sweep()
    {
        var swept = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(swept) < Remembers
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), swept) != swept)
            return;
        foreach (var old in _sessions.Where(pair => time.GetElapsedTime(pair.Value.ReadAt) >= Remembers).ToList())
            _sessions.TryRemove(old);
    }
}
