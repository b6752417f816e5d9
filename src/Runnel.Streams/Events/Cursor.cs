using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Runnel.Streams.Events;

/// <summary>
/// A position in a stream: everything up to and with <see cref="Number"/> has been seen. Clients keep it as opaque text of
/// <c>[0-9a-v.]</c>, at most <see cref="MaxLength"/> characters: the stream's mark, its generation and the number.
/// The mark tells a cursor of another stream (an error of the client) from one of a log that was recreated (not its error).
/// </summary>
/// <param name="Mark">A hash of the stream's name; see <see cref="MarkOf"/>.</param>
/// <param name="Generation">Random, and new whenever history was lost.</param>
/// <param name="Number">The number of the last event seen; 0 stands before the first.</param>
public readonly record struct Cursor(uint Mark, long Generation, long Number)
{
    /// <summary>The longest text, in characters: 7 + 1 + 13 + 1 + 19.</summary>
    public const int MaxLength = 41;

    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>The mark of a stream: FNV-1a, 32 bits, over its name.</summary>
    public static uint MarkOf(StreamName stream)
    {
        var hash = 2166136261u;
        foreach (var character in stream.Value)
            hash = unchecked((hash ^ character) * 16777619u);
        return hash;
    }

    /// <summary>Reads a cursor as <see cref="ToString"/> wrote it; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cursor cursor)
    {
        cursor = default;
        if (text is null or { Length: > MaxLength })
            return false;
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf('.', first + 1);
        if (second < 0
            || !TryReadBase32(text.AsSpan(0, first), uint.MaxValue, out var mark)
            || !TryReadBase32(text.AsSpan(first + 1, second - first - 1), long.MaxValue, out var generation)
            || !long.TryParse(text.AsSpan(second + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        // One text for one position: no leading zeros, nor what else a lenient parser takes.
        var read = new Cursor((uint)mark, generation, number);
        if (read.ToString() != text)
            return false;
        cursor = read;
        return true;
    }

    /// <summary>The text that clients keep.</summary>
    public override string ToString() => Prefix() + Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>All of the text but the number, with the dot: the same for every event of a stream's generation.</summary>
    public string Prefix()
    {
        var text = new StringBuilder(MaxLength);
        AppendBase32(text, Mark);
        text.Append('.');
        AppendBase32(text, Generation);
        return text.Append('.').ToString();
    }

    private static void AppendBase32(StringBuilder text, long value)
    {
        var shift = 60;
        while (shift > 0 && value >> shift == 0)
            shift -= 5;
        for (; shift >= 0; shift -= 5)
            text.Append(Digits[(int)(value >> shift) & 31]);
    }

    private static bool TryReadBase32(ReadOnlySpan<char> text, long max, out long value)
    {
        value = 0;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || value > (max - digit) >> 5)
                return false;
            value = value << 5 | (long)digit;
        }

        return text.Length > 0;
    }
}
