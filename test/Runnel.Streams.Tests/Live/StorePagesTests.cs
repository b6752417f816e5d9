using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

public sealed class StorePagesTests : IAsyncLifetime
{
    private const int Count = 20_000;

    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(_store));
        await _log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(1, Count)));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Crowd_ThatComesBackFarBehind_ReadsThePagesOfOne()
    {
        Sample.AssertCounts(await ReadAllAsync(), Count);
        var pagesOfOne = _store.ReadCount;
        for (var i = 0; i < 50; i++)
            Sample.AssertCounts(await ReadAllAsync(), Count);

        Assert.InRange(pagesOfOne, 2, 100);
        Assert.Equal(pagesOfOne, _store.ReadCount);
    }

    [Fact]
    public async Task WhatWasAppendedSince_IsReadFromTheStore_BehindAKeptPage()
    {
        Sample.AssertCounts(await ReadAllAsync(), Count);
        await _log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(Count + 1, Count)));

        Sample.AssertCounts(await ReadAllAsync(2 * Count), 2 * Count);
    }

    [Fact]
    public async Task DeletedStream_LeavesNoPage_ForWhoComesAfter()
    {
        using var before = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await before.ReadToAsync(100);
        await _log.Streams.AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        await _log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(1, 1)));

        Assert.True(before.IsCut);
        Sample.AssertCounts(await ReadAllAsync(1), 1);
    }

    private async Task<List<LogEntry>> ReadAllAsync(int count = Count)
    {
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        return await follower.ReadToAsync(count);
    }
}
