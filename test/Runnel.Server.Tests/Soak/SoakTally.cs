using System.Collections.Concurrent;

namespace Runnel.Server.Tests.Soak;

/// <summary>What a soak run did and saw, counted. Thread-safe.</summary>
internal sealed class SoakTally(int turns)
{
    public const string Turns = "turns";
    public const string Unended = "turns without end";
    public const string EndedTwice = "turns with two ends";
    public const string Late = "turns with events after their end";
    public const string Untrue = "turns with another text than their events";
    public const string Unknown = "turns that nobody asked for";

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether as many turns were accepted as there are to be.</summary>
    public bool IsFull => this[Turns] >= turns;

    public int this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, int more = 1) => _counts.AddOrUpdate(what, more, (_, count) => count + more);

    /// <summary>A turn was accepted.</summary>
    public void Accept()
    {
        Count(Turns);
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits until so many turns were accepted; false when there will not be so many.</summary>
    public async Task<bool> ReachAsync(int count, Task living)
    {
        while (true)
        {
            var more = _more.Task;
            if (this[Turns] >= count || living.IsCompleted)
                return !living.IsCompleted;
            await Task.WhenAny(more, living);
        }
    }

    public override string ToString() => string.Join(
        '\n',
        _counts.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"| {row.Key} | {row.Value} |"));
}
