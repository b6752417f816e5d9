using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Bench.Cluster;

/// <summary>A stream with its writer on one node and its reader on another. An event carries when it was given to the log.</summary>
internal sealed class BenchLine
{
    private const string Head = "{\"sent\":\"";

    private const int Digits = 19;

    private readonly StreamName _stream;
    private readonly StreamName? _owner;
    private readonly IEventStreams _log;
    private readonly Follower _follower;
    private readonly string _filling;
    private List<float>? _latencies;

    private BenchLine(StreamName stream, StreamName? owner, IEventStreams log, Follower follower, ClusterLoad load)
    {
        (_stream, _owner, _log, _follower) = (stream, owner, log, follower);
        _filling = new string('x', Math.Max(0, load.Bytes - Head.Length - Digits - 12));
    }

    /// <summary>Whether nobody writes to it.</summary>
    public bool IsIdle { get; private init; }

    public static async Task<BenchLine> OpenAsync(int number, ClusterLoad load, IEventStreams writer, IEventStreams reader)
    {
        var stream = new StreamName(string.Create(CultureInfo.InvariantCulture, $"bench/{Guid.NewGuid():N}"));
        StreamName? owner = load.Owners ? new StreamName(string.Create(CultureInfo.InvariantCulture, $"user/{Guid.NewGuid():N}")) : null;
        await writer.AppendAsync(new Append(stream, new NewEvent("begun", "{}"u8.ToArray())) { Owner = owner });
        var follower = await reader.FollowAsync(stream, StartPosition.Oldest, CancellationToken.None);
        return new BenchLine(stream, owner, writer, follower!, load) { IsIdle = number >= load.Streams };
    }

    public async Task WriteAsync(TimeSpan pause, CancellationToken end)
    {
        await Task.Yield();
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause * Random.Shared.NextDouble(), CancellationToken.None);
        for (var (began, count) = (Stopwatch.GetTimestamp(), 1); !end.IsCancellationRequested; count++)
        {
            await _log.AppendAsync(new Append(_stream, Event()) { Owner = _owner });
            var early = (pause * count) - Stopwatch.GetElapsedTime(began);
            if (early > TimeSpan.Zero)
                await Task.Delay(early, CancellationToken.None);
        }
    }

    /// <summary>Reads until the end; nothing may be missing then.</summary>
    public async Task ReadAsync(CancellationToken end)
    {
        using var follower = _follower;
        await using var ending = end.Register(follower.Nudge);
        var (buffer, expected) = (new LogEntry[64], 1L);
        while (!end.IsCancellationRequested)
        {
            var count = await follower.ReadAsync(buffer, CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
                Take(buffer[i], expected++, now);
            if (count == 0 && !end.IsCancellationRequested)
                await follower.WaitAsync();
        }
    }

    public void BeginMeasuring() => Volatile.Write(ref _latencies, []);

    /// <summary>How many milliseconds each event took since the beginning.</summary>
    public float[] EndMeasuring()
    {
        var latencies = Interlocked.Exchange(ref _latencies, null) ?? [];
        lock (latencies)
            return [.. latencies];
    }

    private void Take(LogEntry entry, long expected, long now)
    {
        if (entry.Number != expected)
            throw new InvalidOperationException($"{_stream} gave {entry.Number} where {expected} was due.");
        if (Volatile.Read(ref _latencies) is not { } latencies || entry.Event!.Data.Length < Head.Length + Digits)
            return;
        if (!Utf8Parser.TryParse(entry.Event.Data.Span.Slice(Head.Length, Digits), out long sent, out _))
            return;
        lock (latencies)
            latencies.Add((float)Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
    }

    private NewEvent Event() => new("bench", Encoding.UTF8.GetBytes(
        $"{Head}{Stopwatch.GetTimestamp().ToString("D19", CultureInfo.InvariantCulture)}\",\"text\":\"{_filling}\"}}"));
}
