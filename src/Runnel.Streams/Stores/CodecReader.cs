namespace Runnel.Streams.Stores;

/// <summary>Reads what <see cref="EventCodec"/> wrote. Memory that it returns is a slice of its input.</summary>
/// <param name="input">The bytes.</param>
public ref struct CodecReader(ReadOnlyMemory<byte> input)
{
    private int _position;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _position >= input.Length;

    /// <summary>Reads a byte.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public byte ReadByte() => _position < input.Length ? input.Span[_position++] : throw Damaged();

    /// <summary>Reads a number of 0 or more.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public long ReadNumber()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = ReadByte();
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    /// <summary>Reads bytes that are preceded by their length.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = ReadNumber();
        if (length > input.Length - _position)
            throw Damaged();
        var bytes = input.Slice(_position, (int)length);
        _position += (int)length;
        return bytes;
    }

    private static FormatException Damaged() => new("The stored events are damaged.");
}
