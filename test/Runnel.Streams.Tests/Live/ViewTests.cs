using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;
using Runnel.Streams.Views;

namespace Runnel.Streams.Tests.Live;

public sealed class ViewTests : IAsyncLifetime
{
    private readonly CountingViews _views = new();
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    public async ValueTask InitializeAsync() => _log = await RunningLog.StartAsync(streams => streams.Services
        .AddSingleton<IStreamViews>(_views).AddSingleton<IStreamStore>(_store));

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task State_IsExactAtItsPosition_WhileEventsAreAppended()
    {
        await AppendAsync(1, 10);
        var appending = AppendOneByOneAsync(11, 2000);
        for (var i = 0; i < 300; i++)
        {
            using var follower = await _log.Streams.FollowAsync(Sample.Stream);
            Assert.Equal(CountingViews.Expect(1, follower.Number), Encoding.UTF8.GetString(follower.TakeState().Span));
            var (number, state) = await ReadStateAsync();
            Assert.Equal(CountingViews.Expect(1, number), state);
        }

        await appending;
        Assert.Equal((2010, CountingViews.Expect(1, 2010)), await ReadStateAsync());
        Assert.Equal(1, _views.Made);
    }

    [Fact]
    public async Task State_BeginsWhereTheApplicationSays()
    {
        await AppendAsync(1, 10);
        _views.Start = 4;

        Assert.Equal((10, CountingViews.Expect(5, 10)), await ReadStateAsync());
    }

    [Fact]
    public async Task State_IsEmpty_WhenACursorWasGiven()
    {
        await AppendAsync(1, 10);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);

        Assert.Equal("""{"state":0}""", Encoding.UTF8.GetString(follower.TakeState().Span));
        Assert.True(follower.TakeState().IsEmpty);
    }

    [Fact]
    public async Task ViewThatFails_DoesNotFailTheAppend_AndIsBuiltAgain()
    {
        await AppendAsync(1, 1);
        await ReadStateAsync();
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        _views.FailsAt = 3;
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(2, 4))).WithinPatience();

        Assert.Equal(4, (await follower.ReadToAsync(5)).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadStateAsync().WithinPatience());
        _views.FailsAt = null;
        Assert.Equal((5, CountingViews.Expect(1, 5)), await ReadStateAsync());
    }

    [Fact]
    public async Task State_PassesOver_WhatIsNoLongerRetained()
    {
        await AppendAsync(1, 10);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        var generation = follower.Position.Generation;
        _store.Head = new StreamHead(generation, 8, 10);

        Assert.Equal((10, CountingViews.Expect(8, 10)), await ReadStateAsync());
    }

    [Fact]
    public async Task State_OfAStreamOfWhichNothingIsRetained_IsEmpty()
    {
        await AppendAsync(1, 10);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        _store.Head = new StreamHead(follower.Position.Generation, 11, 10);

        Assert.Equal((10, """{"state":0}"""), await ReadStateAsync());
    }

    private async Task<(long Number, string State)> ReadStateAsync()
    {
        var read = _log.Streams.ReadStateAsync(
            Sample.Stream, (cursor, view) => (cursor.Number, Write(view)), TestContext.Current.CancellationToken);
        return await read.AsTask().WithinPatience();
    }

    private static string Write(IStreamView view)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            view.WriteTo(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Task<AppendReceipt> AppendAsync(int first, int count) =>
        _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(first, count))).WithinPatience();

    private async Task AppendOneByOneAsync(int first, int count)
    {
        await Task.Yield();
        for (var value = first; value < first + count; value++)
            await AppendAsync(value, 1);
    }
}
