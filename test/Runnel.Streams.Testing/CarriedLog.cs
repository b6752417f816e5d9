using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>What a log must be after it was carried to an empty database.</summary>
public static class CarriedLog
{
    private static readonly StreamName Gone = new("conversation/gone");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Fills a store with all that a log may have, carries it over, and compares.</summary>
    /// <param name="from">Empty.</param>
    /// <param name="settled">Whether some of it is in its final place when it is carried.</param>
    /// <param name="settleAsync">Has it bring what it holds by then into its final place.</param>
    /// <param name="carryAsync">Carries all that it holds; the store where that is now.</param>
    public static async Task CheckAsync(
        IStreamStore from, bool settled, Func<Task> settleAsync, Func<Task<IStreamStore>> carryAsync)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(settleAsync);
        ArgumentNullException.ThrowIfNull(carryAsync);
        await from.CommitAsync(
            new Append(Sample.Stream, Sample.Events(1, 300)) { Owner = Sample.Owner },
            new Append(Gone, Sample.Events(1, 20)) { Owner = Sample.Owner });
        if (settled)
            await settleAsync();
        await from.CommitAsync(
            new Append(Sample.Stream, [.. Sample.Events(301, 100), .. Deltas()]) { Owner = Sample.Owner, TrimTo = 150 },
            new Append(Gone, Sample.Events(21, 5)) { Owner = Sample.Owner },
            new Append(Sample.Other, Sample.Events(1, 3)) { Owner = Sample.Owner, EndsStream = true });
        await from.CommitAsync(new Append(Sample.Other) { Deletes = [Gone] });

        var to = await carryAsync();

        // An owner may be shown for a while what was trimmed at home: only until it is settled.
        await settleAsync();
        var before = await ReadAsync(from);
        Assert.Equal(before, await ReadAsync(to));
        Assert.Null(await to.FindAsync(Gone, Token));
        var last = (await to.FindAsync(Sample.Stream, Token))!.Value.Last;
        await to.CommitAsync(new Append(Gone, Sample.Events(1, 30)), new Append(Sample.Stream, Sample.Events(900, 1)));
        Assert.Equal(last + 1, (await to.ReadAllAsync(Sample.Stream, after: last)).Single().Number);
        // A stream that is made now is not the one that the owner has seen.
        Assert.Equal(before[Sample.Owner.Value], (await ReadAsync(to))[Sample.Owner.Value]);
    }

    private static IEnumerable<NewEvent> Deltas()
    {
        var data = Sample.Bytes("""{"type":"written"}""");
        return Enumerable.Range(0, 20).Select(i => Sample.Delta(data, "流 \"quoted\" \0" + i, since: 7));
    }

    private static async Task<Dictionary<string, string>> ReadAsync(IStreamStore store)
    {
        var all = new Dictionary<string, string>();
        foreach (var stream in (StreamName[])[Sample.Stream, Sample.Other, Sample.Owner])
        {
            var head = await store.FindAsync(stream, Token);
            var entries = (await store.ReadAllAsync(stream)).Select(entry => entry.Event is { } next
                ? $"{entry.Number} {next.Stream} {next.Number} {next.Generation} {next.Name} "
                    + $"{Sample.Text(next.Data)} {Sample.Text(next.Text)}"
                : $"{entry.Number} -");
            all[stream.Value] = $"{head}\n{string.Join('\n', entries)}";
        }

        return all;
    }
}
