using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics;

/// <summary>A counter with a series for each of some words, which are all there from the start, at zero. Thread-safe.</summary>
internal sealed class WordCounter
{
    private readonly string[] _words;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly long[] _counts;

    /// <param name="meter">What it belongs to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it counts.</param>
    /// <param name="label">What the words are.</param>
    /// <param name="words">The words; any other counts as the first.</param>
    public WordCounter(Meter meter, string name, string description, string label, string[] words)
    {
        _words = words;
        _tags = [.. words.Select(word => KeyValuePair.Create(label, (object?)word))];
        _counts = new long[words.Length];
        meter.CreateObservableCounter(name, Read, "{turn}", description);
    }

    public void Add(string word) => Interlocked.Increment(ref _counts[Math.Max(0, Array.IndexOf(_words, word))]);

    private IEnumerable<Measurement<long>> Read()
    {
        for (var i = 0; i < _tags.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _counts[i]), _tags[i]);
    }
}
