namespace Runnel.Streams.Events;

/// <summary>
/// An event to append. <see cref="Data"/> is one JSON object in UTF-8 on one line. A <em>delta</em> also carries
/// <see cref="Text"/>, a piece of a text that grows: adjacent deltas with the same name and data may reach a reader as one,
/// their texts joined.
/// </summary>
public sealed class NewEvent
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>An event that is complete in itself.</summary>
    /// <param name="name">1 to 64 characters of <c>a-z 0-9 _ . -</c>.</param>
    /// <param name="data">One JSON object in UTF-8, without line breaks.</param>
    /// <exception cref="ArgumentException">The name or the data cannot stand in a frame.</exception>
    public NewEvent(string name, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(AllowedInName))
            throw new ArgumentException("An event's name is 1 to 64 characters of a-z 0-9 _ . -", nameof(name));
        if (data.Length < 2 || data.Span[0] != '{' || data.Span[^1] != '}' || data.Span.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
            throw new ArgumentException("An event's data is one JSON object on one line.", nameof(data));
        (Name, Data) = (name, data);
    }

    private NewEvent(string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> text, long since)
        : this(name, data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(since);
        (Text, Since, IsDelta) = (text, since, true);
    }

    private static readonly System.Buffers.SearchValues<char> AllowedInName =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>The name, as it stands in <c>event:</c>.</summary>
    public string Name { get; }

    /// <summary>The JSON object, without the text of a delta.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The text of a delta, UTF-8, not escaped.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>For a delta of a text that can be asked for as a whole: the number of the event, in the same stream, after
    /// which the text begins. 0 where nobody may ask.</summary>
    public long Since { get; }

    /// <summary>Whether this is a piece of a growing text.</summary>
    public bool IsDelta { get; }

    /// <summary>A piece of a growing text.</summary>
    /// <param name="name">As for other events.</param>
    /// <param name="data">The same object for every delta of one text; pass the same memory and it is kept once.</param>
    /// <param name="text">UTF-8, whole characters.</param>
    /// <param name="since">The number of the event after which the text begins, or 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static NewEvent Delta(string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> text, long since = 0) =>
        new(name, data, text, since);
}
