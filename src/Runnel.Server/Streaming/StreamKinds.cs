using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Streaming;

/// <summary>Makes the view of a stream by its kind.</summary>
internal sealed class StreamKinds(IEnumerable<IStreamKind> kinds) : IStreamViews
{
    private readonly IStreamKind[] _kinds = [.. kinds];

    public IStreamView Create(StreamName stream) => Of(stream).Create(stream);

    public ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken) =>
        Of(stream).FindStartAsync(stream, cancellationToken);

    private IStreamKind Of(StreamName stream) => Array.Find(_kinds, kind => kind.Has(stream))
        ?? throw new InvalidOperationException($"No slice has streams like {stream}.");
}
