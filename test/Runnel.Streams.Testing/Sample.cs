using System.Globalization;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>Short ways to make, commit and read what tests need.</summary>
public static class Sample
{
    public static readonly StreamName Stream = new("conversation/one");
    public static readonly StreamName Other = new("conversation/two");
    public static readonly StreamName Owner = new("user/one");

    /// <summary>Refused by every store: there is no such table.</summary>
    public static readonly Participant Refused =
        new("refused", "insert into nowhere values (1)", new Dictionary<string, object?>());

    /// <summary>Taken by every store that has tables.</summary>
    public static readonly Participant Accepted =
        new("accepted", "select 1", new Dictionary<string, object?>(), ExpectedRows: null);

    public static NewEvent Event(long value) =>
        new("noted", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"noted","value":{{value}}}""")));

    public static NewEvent[] Events(int first, int count) => [.. Enumerable.Range(first, count).Select(value => Event(value))];

    public static Append Append(StreamName stream, params NewEvent[] events) => new(stream, events);

    public static NewEvent Delta(ReadOnlyMemory<byte> data, string text, long since = 0) =>
        NewEvent.Delta("written", data, Encoding.UTF8.GetBytes(text), since);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>Commits appends as one batch, as the log does.</summary>
    public static async Task<IReadOnlyList<PendingAppend>> CommitAsync(this IStreamStore store, params Append[] appends)
    {
        ArgumentNullException.ThrowIfNull(store);
        var batch = appends.Select(append => new PendingAppend(append)).ToList();
        await store.CommitAsync(batch, TestContext.Current.CancellationToken);
        return batch;
    }

    /// <summary>Everything after a number, page by page.</summary>
    public static async Task<List<LogEntry>> ReadAllAsync(
        this IStreamStore store, StreamName stream, long after = 0, int pageBytes = 64 * 1024)
    {
        ArgumentNullException.ThrowIfNull(store);
        var all = new List<LogEntry>();
        while (true)
        {
            var page = await store.ReadAsync(stream, after, pageBytes, TestContext.Current.CancellationToken);
            if (page.Count == 0)
                return all;
            all.AddRange(page);
            after = page[^1].Number;
        }
    }

    /// <summary>Fails unless the entries are the events of <see cref="Events"/> from 1, numbered without gaps.</summary>
    public static void AssertCounts(IReadOnlyList<LogEntry> entries, int count)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Assert.Equal(count, entries.Count);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(i + 1, entries[i].Number);
            Assert.Equal(Text(Event(i + 1).Data), Text(entries[i].Event!.Data));
        }
    }
}
