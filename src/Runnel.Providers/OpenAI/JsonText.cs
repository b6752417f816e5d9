using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// Reads a JSON string even if it is not well-formed Unicode. Servers that cut tokens by UTF-16 unit send half of an
/// emoji as <c>"\ud83d"</c> and the other half in the next chunk; the framework's reader throws on both.
/// </summary>
internal static class JsonText
{
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return ReadLenient(reader.ValueSpan);
        }
    }

    private static string ReadLenient(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0) plain = escaped.Length;
            text.Append(Encoding.UTF8.GetString(escaped[..plain]));
            escaped = escaped[plain..];
            if (!escaped.IsEmpty) escaped = escaped[Unescape(escaped, text)..];
        }

        return text.ToString();
    }

    /// <summary>The reader has already checked that every escape is a whole and known one.</summary>
    private static int Unescape(ReadOnlySpan<byte> escape, StringBuilder text)
    {
        if (escape[1] == 'u')
        {
            text.Append((char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, null));
            return 6;
        }

        text.Append((char)escape[1] switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            var itself => itself,
        });
        return 2;
    }
}
