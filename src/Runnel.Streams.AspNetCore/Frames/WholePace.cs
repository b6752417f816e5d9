using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// When one follower was last given the whole of each text, and so when it may be given it again: a text that grows by
/// small steps would else cost its square. Texts that alternate, on an owner's stream, are paced each for itself.
/// </summary>
internal sealed class WholePace(TimeProvider time)
{
    private const int FreeBytes = 8 * 1024;
    private const int LongBytes = 64 * 1024;
    private const int ReplayBytes = 4 * 1024;

    /// <summary>More texts than grow at the same time; it bounds what a follower holds.</summary>
    private const int MaxTexts = 64;

    private readonly Dictionary<(StreamName Stream, long Since, string Name), (long At, int Length)> _given = [];

    /// <summary>Notes that a text was given at a length.</summary>
    public void Give(StreamEvent text, int length)
    {
        var key = KeyOf(text);
        if (_given.Count >= MaxTexts && !_given.ContainsKey(key))
            _given.Remove(_given.MinBy(pair => pair.Value.At).Key);
        _given[key] = (time.GetTimestamp(), length);
    }

    /// <summary>When a text may be given next, as a timestamp: at once while it is short, then 4 times a second, then once.</summary>
    public long DueAt(StreamEvent text, int length)
    {
        if (length <= FreeBytes || !_given.TryGetValue(KeyOf(text), out var given))
            return 0;
        return given.At + (length > LongBytes ? time.TimestampFrequency : time.TimestampFrequency / 4);
    }

    /// <summary>Whether a text has doubled since it was given, which is when a replay gives it again.</summary>
    public bool HasDoubled(StreamEvent text, int length) =>
        !_given.TryGetValue(KeyOf(text), out var given) || length - given.Length >= Math.Max(ReplayBytes, given.Length);

    private static (StreamName, long, string) KeyOf(StreamEvent text) => (text.Stream, text.Since, text.Name);
}
