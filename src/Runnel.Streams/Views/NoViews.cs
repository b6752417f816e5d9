using System.Text.Json;
using Runnel.Streams.Events;

namespace Runnel.Streams.Views;

/// <summary>For applications whose streams need no state.</summary>
internal sealed class NoViews : IStreamViews
{
    public IStreamView Create(StreamName stream) => new Nothing();

    public ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken) =>
        ValueTask.FromResult(long.MaxValue);

    private sealed class Nothing : IStreamView
    {
        public void Apply(LogEntry entry)
        {
        }

        public void WriteTo(Utf8JsonWriter writer)
        {
        }
    }
}
