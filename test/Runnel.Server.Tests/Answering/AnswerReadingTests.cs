using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Models;
using Runnel.Server.Answering;
using Runnel.Server.Turns.Running;
using Runnel.Server.Answering.Pacing;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Server.Tests.Answering;

public sealed class AnswerReadingTests : IDisposable
{
    private const string Word = "0123456789abcdef";

    private readonly SlowLog _log = new();
    private readonly AnswerProgress _run = new() { Model = "m" };
    private int _given;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhileTheStoreIsSlow_TheModelIsReadNoFurtherThanOneBatch(bool comesInPieces)
    {
        var reading = Reading().ReadAsync(Words(comesInPieces, 100_000), Room(), End);
        for (var batch = 1; batch <= 20; batch++)
        {
            await _log.AskedAsync();
            // What is held: one batch that waits for the store, one update in hand, and the batch's last one over its limit.
            Assert.InRange((_given * Word.Length) - _log.Written, 0, (64 * 1024) + (3 * Word.Length));
            Assert.False(reading.IsCompleted);
            _log.Release();
        }
    }

    [Fact]
    public async Task WhatCameWithoutAPause_IsOneAppend_AndAllOfItIsWritten()
    {
        _log.Release(1000);

        await Reading().ReadAsync(Words(comesInPieces: false, 5000), Room(), End);

        Assert.Equal(5000 * Word.Length, _log.Written);
        Assert.Equal(2, _log.Appends);
    }

    [Fact]
    public async Task AnAnswerThatIsTooLong_EndsThere_AndIsReadNoFurther()
    {
        _log.Release(1000);

        await Reading().ReadAsync(Words(comesInPieces: true, 1000), Room(answer: 100), End);

        Assert.Equal(100, _log.Written);
        Assert.Equal(7, _given);
        Assert.Equal("length", _run.Answer.FinishReason);
    }

    [Fact]
    public async Task BeyondWhatAllMayHold_OnlyTheOldestGoesOn_UntilThereIsRoom()
    {
        _log.Release(1000);
        var room = new AnswerRoom(Options.Create(new LimitsOptions { RunningAnswerCharacters = 160 }));
        var (oldest, second) = (room.Enter(), room.Enter());
        Assert.True(oldest.TryHold(150));

        var reading = Reading().ReadAsync(Words(comesInPieces: false, 100), second, End);
        await _log.AskedAsync();

        Assert.Equal(1, _given);
        Assert.False(reading.IsCompleted);
        Assert.True(oldest.TryHold(1_000_000));
        oldest.Dispose();
        await reading;
        Assert.Equal(100 * Word.Length, _log.Written);
    }

    private static AnswerShare Room(int answer = int.MaxValue) =>
        new AnswerRoom(Options.Create(new LimitsOptions { AnswerCharacters = answer })).Enter();

    private AnswerReading Reading()
    {
        var turn = new Turn("turn", "thread", "owner", "u", "m", new ConfiguredModel("m", ModelKind.Registered, "m", null!));
        return new AnswerReading(new TurnLog(_log, turn, TimeProvider.System, CancellationToken.None), _run, TimeProvider.System);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Words(bool comesInPieces, int count)
    {
        while (_given < count)
        {
            if (comesInPieces)
                await Task.Yield();
            _given++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, Word);
        }
    }

    /// <summary>Takes an append when it is told to.</summary>
    private sealed class SlowLog : IEventStreams, IDisposable
    {
        private readonly SemaphoreSlim _asked = new(0);
        private readonly SemaphoreSlim _allowed = new(0);

        public long Written { get; private set; }

        public int Appends { get; private set; }

        public async Task AskedAsync() => Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(30), End));

        public void Dispose()
        {
            _asked.Dispose();
            _allowed.Dispose();
        }

        public void Release(int appends = 1) => _allowed.Release(appends);

        public async Task<AppendReceipt> AppendAsync(Append append)
        {
            _asked.Release();
            await _allowed.WaitAsync();
            Appends++;
            Written += append.Events.Sum(next => next.Text.Length);
            return default;
        }

        public ValueTask<Follower?> FollowAsync(
            StreamName stream, StartPosition start, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<T?> ReadStateAsync<T>(
            StreamName stream, Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
            StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
