namespace Runnel.Streams.AspNetCore.Places;

/// <summary>A place for one open response. It is free again once disposed; disposing twice is harmless.</summary>
public sealed class StreamPlace : IDisposable
{
    private readonly string? _reader;
    private StreamPlaces? _places;

    internal StreamPlace(StreamPlaces places, string? reader) => (_places, _reader) = (places, reader);

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _places, null)?.Free(_reader);
}
