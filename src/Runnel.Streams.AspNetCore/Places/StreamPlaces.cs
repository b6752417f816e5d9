namespace Runnel.Streams.AspNetCore.Places;

/// <summary>How many responses may be open: in all, and for each reader. Whoever finds no place comes back later; nobody who
/// has one is thrown out. Thread-safe.</summary>
/// <param name="inAll">The most that may be open at once: above 0.</param>
/// <param name="perReader">The most that one reader may have open at once: above 0.</param>
public sealed class StreamPlaces(int inAll, int perReader)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byReader = [];
    private int _taken;

    /// <summary>Is told whose number of places has changed, after it has; returns at once. Set before the first place is
    /// taken, or never.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>How many places are taken.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place until it is disposed; null when none is free.</summary>
    /// <param name="reader">Who reads, a user's id say; null for somebody who is counted only among all.</param>
    public StreamPlace? TryTake(string? reader)
    {
        lock (_gate)
        {
            var own = reader is null ? 0 : _byReader.GetValueOrDefault(reader);
            if (_taken >= inAll || own >= perReader)
                return null;
            _taken++;
            if (reader is not null)
                _byReader[reader] = own + 1;
        }

        if (reader is not null)
            Changed?.Invoke(reader);
        return new StreamPlace(this, reader);
    }

    /// <summary>Whether a reader has a place.</summary>
    public bool HasAny(string reader) => CountOf(reader) > 0;

    /// <summary>How many places a reader has.</summary>
    public int CountOf(string reader)
    {
        lock (_gate)
            return _byReader.GetValueOrDefault(reader);
    }

    /// <summary>All who have a place just now.</summary>
    public IReadOnlyList<string> Readers()
    {
        lock (_gate)
            return [.. _byReader.Keys];
    }

    internal void Free(string? reader)
    {
        lock (_gate)
        {
            _taken--;
            // Readers come and go for as long as the process lives: one without a place leaves nothing behind.
            if (reader is not null && --System.Runtime.InteropServices.CollectionsMarshal
                .GetValueRefOrNullRef(_byReader, reader) == 0)
                _byReader.Remove(reader);
        }

        if (reader is not null)
            Changed?.Invoke(reader);
    }
}
