using System.Collections.Concurrent;

namespace Runnel.Server.Auth.Keys;

/// <summary>Keys that were read a moment ago, so that not every request of a program asks the database, and least of all those of
/// one that asks too much. Thread-safe.</summary>
internal sealed class KnownKeys(TimeProvider time)
{
    /// <summary>How long what was read holds: not longer than <see cref="Sessions.SignedIn.HasKnownEnd"/> remembers an end.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (ApiKey Key, long ReadAt)> _keys = new();
    private long _sweptAt = time.GetTimestamp();

    public int Count => _keys.Count;

    public ApiKey? Find(string hash) =>
        _keys.TryGetValue(hash, out var known) && time.GetElapsedTime(known.ReadAt) < Holds ? known.Key : null;

    /// <param name="key">What was read.</param>
    /// <param name="readAt">A timestamp from before it was read: it may have ended since.</param>
    public void Take(ApiKey key, long readAt)
    {
        Sweep();
        _keys[key.KeyHash] = (key, readAt);
    }

    private void Sweep()
    {
        var swept = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(swept) < Holds
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), swept) != swept)
            return;
        foreach (var old in _keys.Where(pair => time.GetElapsedTime(pair.Value.ReadAt) >= Holds).ToList())
            _keys.TryRemove(old);
    }
}
