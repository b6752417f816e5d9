using System.Diagnostics;
using System.Text;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Bench;

/// <summary>Publishes to topics in turn, at a rate, without waiting for one event before the next.</summary>
internal sealed class OwnPublisher(IEventStreams streams, Func<string, StreamName> nameOf, int topics, int rate)
{
    public async Task RunAsync(int size, CancellationToken end)
    {
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate);
                for (; sent < due; sent++)
                    _ = streams.AppendAsync(Next(sent, size));
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private Append Next(long number, int size)
    {
        var marker = $"@T{Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency)};S{(number / topics) + 1};";
        var data = Encoding.UTF8.GetBytes($$"""{"payload":"{{marker.PadRight(size, 'x')}}"}""");
        return new Append(nameOf($"{number % topics}"), new NewEvent("published", data));
    }
}
