using System.Collections.Concurrent;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>The growing texts that somebody follows with all of the text in every frame.</summary>
internal sealed class AccumulatedTexts(IEventStreams streams, TimeProvider time)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(StreamName, long Generation, long Since, string Name), AccumulatedText> _texts = new();

    public AccumulatedText Get(StreamEvent delta)
    {
        var text = _texts.GetOrAdd(
            (delta.Stream, delta.Generation, delta.Since, delta.Name),
            static (_, made) => new AccumulatedText(made.streams, made.delta),
            (streams, delta));
        text.UsedAt = time.GetTimestamp();
        return text;
    }

    /// <summary>Forgets texts that nobody has used lately; they come back from the log when asked for.</summary>
    public void Sweep()
    {
        foreach (var (key, text) in _texts)
        {
            if (time.GetElapsedTime(text.UsedAt) > IdleTime)
                _texts.TryRemove(KeyValuePair.Create(key, text));
        }
    }
}
