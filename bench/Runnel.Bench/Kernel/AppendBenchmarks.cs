using BenchmarkDotNet.Attributes;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Bench.Kernel;

/// <summary>One event of 256 bytes, from a writer to a reader that waits for it: what a token passes through, without HTTP.</summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private readonly LogEntry[] _entries = new LogEntry[1];
    private readonly NewEvent[] _events = [BenchLog.Event];
    private BenchLog _log = null!;
    private Follower _follower = null!;

    [Params(false, true)]
    public bool IsDurable { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _log = new BenchLog(IsDurable);
        _log.Streams.AppendAsync(new Append(BenchLog.Stream)).GetAwaiter().GetResult();
        _follower = _log.Streams.FollowAsync(BenchLog.Stream, StartPosition.Now, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult()!;
    }

    [GlobalCleanup]
    public void Close()
    {
        _follower.Dispose();
        _log.Dispose();
    }

    [Benchmark]
    public async Task<long> AppendToReaderAsync()
    {
        var waiting = _follower.WaitAsync();
        await _log.Streams.AppendAsync(new Append(BenchLog.Stream, _events));
        await waiting;
        await _follower.ReadAsync(_entries, CancellationToken.None);
        return _follower.Number;
    }
}
