using System.Globalization;
using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Streams.Tests.Live;

/// <summary>Views that count what they were given; their sum is right only if every event came once and in order.</summary>
internal sealed class CountingViews : IStreamViews
{
    /// <summary>The view throws at this number while it is set.</summary>
    public long? FailsAt { get; set; }

    public long Start { get; set; }

    public int Made { get; private set; }

    public IStreamView Create(StreamName stream)
    {
        Made++;
        return new View(this);
    }

    public ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken) => ValueTask.FromResult(Start);

    /// <summary>What a view shows that was given the numbers from one to another.</summary>
    public static string Expect(long first, long last)
    {
        var state = 0L;
        for (var number = first; number <= last; number++)
            state = Next(state, number);
        return string.Create(CultureInfo.InvariantCulture, $$"""{"state":{{state}}}""");
    }

    private static long Next(long state, long number) => unchecked((state * 31) + number) & 0xffffffff;

    internal sealed class View(CountingViews views) : IStreamView
    {
        private long _state;

        public void Apply(LogEntry entry)
        {
            if (entry.Number == views.FailsAt)
                throw new InvalidOperationException("The view fails.");
            _state = Next(_state, entry.Number);
        }

        public void WriteTo(Utf8JsonWriter writer) => writer.WriteNumber("state", _state);
    }
}
