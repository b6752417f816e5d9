using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

/// <summary>A crowd is woken when there is something for it, and otherwise left alone: it would else keep itself awake.</summary>
public sealed class WakeUpTests : IAsyncLifetime
{
    private const int Crowd = 500;
    private const int Events = 20;
    private RunningLog _log = null!;
    private int _read;
    private int _wokenForNothing;

    public async ValueTask InitializeAsync() => _log = await RunningLog.StartAsync(streams => streams.UseInMemory());

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Crowd_IsWokenForEvents_AndNeverByItself()
    {
        await _log.Streams.AppendAsync(new Append(Sample.Stream));
        var readers = new List<Task>();
        for (var i = 0; i < Crowd; i++)
            readers.Add(ReadAsync());
        for (var i = 1; i <= Events; i++)
        {
            await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(i)));
            // Everybody reads before the next event, and so waits again while others are still being woken.
            while (Volatile.Read(ref _read) < Crowd * i)
                await Task.Yield();
        }

        foreach (var reader in readers)
            await reader.WithinPatience();
        Assert.Equal(0, _wokenForNothing);
    }

    private async Task ReadAsync()
    {
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest, CancellationToken.None);
        var buffer = new LogEntry[Events];
        while (follower!.Number < Events)
        {
            await follower.WaitAsync();
            var count = await follower.ReadAsync(buffer, CancellationToken.None);
            Interlocked.Add(ref _read, count);
            if (count == 0)
                Interlocked.Increment(ref _wokenForNothing);
        }
    }
}
