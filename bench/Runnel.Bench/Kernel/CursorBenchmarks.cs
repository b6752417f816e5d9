using BenchmarkDotNet.Attributes;
using Runnel.Streams.Events;

namespace Runnel.Bench.Kernel;

/// <summary>A cursor to its text and back: once for every event that is answered as JSON, and every resume.</summary>
[MemoryDiagnoser]
public class CursorBenchmarks
{
    private static readonly Cursor Position = new(Cursor.MarkOf(BenchLog.Stream), 123_456_789_012, 4_711);

    [Benchmark]
    public bool WriteAndRead() => Cursor.TryParse(Position.ToString(), out var read) && read == Position;
}
