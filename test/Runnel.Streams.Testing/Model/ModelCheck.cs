using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing.Model;

/// <summary>Compares a log with its model.</summary>
internal static class ModelCheck
{
    public static void Entry(LogEntry entry, long number, StreamModel stream)
    {
        Assert.Equal(number, entry.Number);
        var expected = stream[number];
        if (entry.Event is not { } found)
        {
            Assert.False(expected.Home == stream || expected.IsThere);
            return;
        }

        Assert.False(expected.IsGone && expected.Home != stream);
        Assert.Equal((expected.Number, expected.Home.Generation), (found.Number, found.Generation));
        Assert.Equal(Sample.Text(Sample.Event(expected.Value).Data), Sample.Text(found.Data));
    }

    /// <summary>Reads a stream in small pages and in large ones.</summary>
    public static async Task StreamAsync(IStreamStore store, StreamName name, StreamModel? stream)
    {
        var head = await store.FindAsync(name, TestContext.Current.CancellationToken);
        if (stream is null)
        {
            Assert.Null(head);
            Assert.Empty(await store.ReadAllAsync(name));
            return;
        }

        Assert.Equal(new StreamHead(stream.Generation, stream.First, stream.Last, stream.IsEnded), head);
        foreach (var bytes in new[] { 1, 400, 64 * 1024 })
        {
            var number = stream.First - 1;
            foreach (var entry in await store.ReadAllAsync(name, pageBytes: bytes))
                Entry(entry, ++number, stream);
            Assert.Equal(stream.Last, number);
        }
    }
}
