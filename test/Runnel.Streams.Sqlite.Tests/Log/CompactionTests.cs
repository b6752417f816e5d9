using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class CompactionTests : IAsyncLifetime
{
    private static readonly NewEvent Large = new("large", Sample.Bytes($$"""{"text":"{{new string('x', 1024 * 1024)}}"}"""));

    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync() => _opened = await OpenedStore.OpenAsync(_directory.Database);

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task JournalOf16Megabytes_IsCompactedBeforeItsTime()
    {
        for (var i = 0; i < 17; i++)
            await _opened.Store.CommitAsync(new Append(Sample.Stream, Large));
        _opened.Tick();

        while (_opened.Scalar("select count(*) from journal") > 0)
            await Task.Yield();
        Assert.Equal(17, (await _opened.Store.ReadAllAsync(Sample.Stream)).Count);
    }

    [Fact]
    public async Task Head_IsNeverOlderThanWhatWasAcknowledged_WhileCompactionMovesIt()
    {
        var acknowledged = 0L;
        var looks = 0L;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var looking = Task.Run(LookAsync, TestContext.Current.CancellationToken);
        for (var value = 1; value <= 400 || (Volatile.Read(ref looks) < 100 && !looking.IsCompleted); value++)
        {
            await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(value)));
            Volatile.Write(ref acknowledged, value);
            await _opened.TryCompactAsync();
        }

        await done.CancelAsync();
        await looking;

        async Task LookAsync()
        {
            for (; !done.IsCancellationRequested; Interlocked.Increment(ref looks))
            {
                var least = Volatile.Read(ref acknowledged);
                var head = await _opened.Store.FindAsync(Sample.Stream, TestContext.Current.CancellationToken);
                Assert.InRange(head?.Last ?? 0, least, long.MaxValue);
            }
        }
    }
}
