using System.Globalization;
using System.Runtime.CompilerServices;

namespace Runnel.Server.Transfer;

/// <summary>Counts what goes by, and says so every few seconds, for who waits.</summary>
internal sealed class Progress(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, long> _counts = [];
    private long _saidAt = time.GetTimestamp();

    /// <summary>How many rows of a table went by; 0 for one that did not.</summary>
    public long Of(string table) => _counts.GetValueOrDefault(table);

    public Amount Total(params ReadOnlySpan<string> log)
    {
        var rows = _counts.Values.Sum();
        foreach (var table in log)
            rows -= Of(table);
        return new Amount(rows, Of(log[0]), Of(log[1]));
    }

    public async IAsyncEnumerable<T> CountAsync<T>(
        string table, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _counts.TryAdd(table, 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            _counts[table]++;
            if (time.GetElapsedTime(_saidAt) >= Period)
                await SayAsync(table);
            yield return row;
        }
    }

    private async Task SayAsync(string table)
    {
        _saidAt = time.GetTimestamp();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table}: {Of(table)} …"));
    }
}
