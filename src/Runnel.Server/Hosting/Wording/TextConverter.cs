using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Runnel.Server.Hosting.Wording;

/// <summary>Reads text that a person wrote, clean. The framework's own reader refuses a body with half a surrogate pair, which
/// a program that cuts text by UTF-16 units sends.</summary>
internal sealed partial class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        return Texts.Clean(ReadRaw(ref reader));
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    private static string ReadRaw(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var escaped = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
            return Escape().Replace(Encoding.UTF8.GetString(escaped), Unescape);
        }
    }

    /// <summary>The reader has already checked that every escape is a whole and known one.</summary>
    private static string Unescape(Match escape) => escape.Value[1] switch
    {
        'u' => ((char)ushort.Parse(escape.ValueSpan[2..], NumberStyles.AllowHexSpecifier, null)).ToString(),
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var itself => itself.ToString(),
    };

    [GeneratedRegex(@"\\(u[0-9a-fA-F]{4}|.)")]
    private static partial Regex Escape();
}
