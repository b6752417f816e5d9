using System.Buffers;
using System.Text.Json;
using Runnel.Streams.Appending;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Metrics;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Streams;

/// <summary>The log, put together: a batcher that commits, a store that keeps, live streams that show.</summary>
internal sealed class EventStreams(
    IStreamStore store, AppendBatcher batcher, LiveStreams live, StreamsMetrics metrics) : IEventStreams
{
    public Task<AppendReceipt> AppendAsync(Append append)
    {
        ArgumentNullException.ThrowIfNull(append);
        return batcher.AppendAsync(append);
    }

    public async ValueTask<Follower?> FollowAsync(
        StreamName stream, StartPosition start, CancellationToken cancellationToken)
    {
        if (await live.RetainAsync(stream, cancellationToken) is not { } source)
            return null;
        try
        {
            var (number, resync) = await PlaceAsync(source, start, cancellationToken);
            var place = number is { } known
                ? new FollowerStart(known, source.Last, ResyncReason.None, EmptyState(source), Replays: true)
                : await source.ReadStateAsync(
                    (cursor, view) => new FollowerStart(
                        cursor.Number, cursor.Number, resync, Write(view.WriteTo), Replays: false),
                    cancellationToken);
            metrics.Followed(KindOf(start, resync));
            return new Follower(source, place, metrics);
        }
        catch
        {
            source.Release(metrics.Now);
            throw;
        }
    }

    public async ValueTask<T?> ReadStateAsync<T>(
        StreamName stream, Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken)
    {
        if (await live.RetainAsync(stream, cancellationToken) is not { } source)
            return default;
        try
        {
            return await source.ReadStateAsync(read, cancellationToken);
        }
        finally
        {
            source.Release(metrics.Now);
        }
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        store.ReadAsync(stream, after, maxBytes, cancellationToken);

    /// <summary>The number to go on from; null to begin at now, with the reason when that is not what was asked for.</summary>
    private async ValueTask<(long? Number, ResyncReason Resync)> PlaceAsync(
        LiveStream source, StartPosition start, CancellationToken cancellationToken)
    {
        if (start.FromOldest)
            return (source.Head.First - 1, ResyncReason.None);
        if (start.After is not { } cursor)
            return (null, ResyncReason.None);
        if (cursor.Generation != source.Head.Generation)
            return (null, ResyncReason.Recreated);
        if (cursor.Number < source.Head.First - 1)
            return (null, ResyncReason.Retention);
        if (cursor.Number <= source.Last)
            return (cursor.Number, ResyncReason.None);
        // Beyond what is visible here: only the store knows whether it exists.
        var head = await store.FindAsync(source.Name, cancellationToken);
        return cursor.Number <= head?.Last ? (cursor.Number, ResyncReason.None) : (null, ResyncReason.Ahead);
    }

    private static FollowStart KindOf(StartPosition start, ResyncReason resync) => resync switch
    {
        ResyncReason.Retention => FollowStart.Retention,
        ResyncReason.Recreated => FollowStart.Recreated,
        ResyncReason.Ahead => FollowStart.Ahead,
        _ when start.FromOldest => FollowStart.Oldest,
        _ => start.After is null ? FollowStart.Now : FollowStart.Resumed,
    };

    private static byte[] EmptyState(LiveStream source) => Write(source.WriteEmptyState);

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
