using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

/// <summary>The store has deleted a stream and made it again, and its followers have not heard of it yet.</summary>
public sealed class AnotherGenerationTests
{
    [Fact]
    public async Task Follower_TakesNothingOfAStreamMadeAgain_UnderItsOldNumbers()
    {
        var store = new RemadeStore(new InMemoryStreamStore());
        await using var log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(store));
        await log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(1, 10)) { Owner = Sample.Owner }).WithinPatience();
        using var follower = await log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        using var ofOwner = await log.Streams.FollowAsync(Sample.Owner, StartPosition.Oldest);
        Assert.Equal(3, (await follower.ReadToAsync(3, bufferEntries: 3)).Count);
        store.IsRemade = true;

        Assert.Equal(0, await follower.ReadAsync(new LogEntry[5], TestContext.Current.CancellationToken));
        Assert.True(follower.IsCut);
        Assert.Equal(3, follower.Number);
        // What an owner refers to may be of any generation.
        Assert.Equal(10, (await ofOwner.ReadToAsync(10)).Count);
    }

    private sealed class RemadeStore(InMemoryStreamStore inner) : IStreamStore
    {
        public bool IsRemade { get; set; }

        public long Incarnation => inner.Incarnation;

        public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

        public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(batch, cancellationToken);

        public ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken) =>
            inner.FindAsync(stream, cancellationToken);

        public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
            StreamName stream, long after, int maxBytes, CancellationToken cancellationToken)
        {
            var entries = await inner.ReadAsync(stream, after, maxBytes, cancellationToken);
            // Before, less than the follower's next step, so that it must ask again.
            return IsRemade ? [.. entries.Select(Remade)] : [.. entries.Take(3)];
        }

        private static LogEntry Remade(LogEntry entry) => entry with
        {
            Event = new StreamEvent(entry.Event!.Stream, entry.Event.Number, entry.Event.Content)
            {
                Generation = entry.Event.Generation + 1,
            },
        };
    }
}
