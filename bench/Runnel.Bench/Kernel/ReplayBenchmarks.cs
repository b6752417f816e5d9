using BenchmarkDotNet.Attributes;
using Runnel.Streams.Stores;

namespace Runnel.Bench.Kernel;

/// <summary>10,000 events from the store, as the first of those reads them who come back far behind; the time is for one.</summary>
[MemoryDiagnoser]
public class ReplayBenchmarks
{
    private const int Count = 10_000;
    private const int PageBytes = 256 * 1024;

    private BenchLog _log = null!;

    [GlobalSetup]
    public void Open()
    {
        _log = new BenchLog(isDurable: true);
        for (var i = 0; i < Count; i += 100)
        {
            _log.Streams.AppendAsync(new Append(BenchLog.Stream, Enumerable.Repeat(BenchLog.Event, 100).ToList()))
                .GetAwaiter().GetResult();
        }
    }

    [GlobalCleanup]
    public void Close() => _log.Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<long> ReadAllAsync()
    {
        var after = 0L;
        while (after < Count)
            after = (await _log.Streams.ReadAsync(BenchLog.Stream, after, PageBytes, CancellationToken.None))[^1].Number;
        return after;
    }
}
