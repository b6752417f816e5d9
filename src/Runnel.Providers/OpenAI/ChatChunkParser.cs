using System.Text.Json;

namespace Runnel.Providers.OpenAI;

/// <summary>Reads one <c>chat.completion.chunk</c>, or a whole <c>chat.completion</c>, of any dialect.</summary>
internal static class ChatChunkParser
{
    /// <exception cref="JsonException">It is not one JSON object.</exception>
    public static void Parse(ReadOnlySpan<byte> json, ChatChunk chunk)
    {
        chunk.Clear();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A chunk is not an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadProperty(ref reader, chunk);
        // Throws when anything follows the object.
        reader.Read();
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static ProviderError ParseError(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return UpstreamErrorObject.Read(ref reader) ?? ProviderError.Rejected;
    }

    private static void ReadProperty(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (reader.ValueTextEquals("choices"u8))
        {
            reader.Read();
            ChoiceParser.ReadAll(ref reader, chunk);
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            chunk.ResponseId = ReadName(ref reader, chunk.ResponseId);
        }
        else if (reader.ValueTextEquals("model"u8))
        {
            chunk.ModelId = ReadName(ref reader, chunk.ModelId);
        }
        else if (reader.ValueTextEquals("usage"u8))
        {
            reader.Read();
            chunk.Usage = UsageParser.Read(ref reader) ?? chunk.Usage;
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            chunk.Error = UpstreamErrorObject.Read(ref reader) ?? chunk.Error;
        }
        else
        {
            ReadKind(ref reader, chunk);
        }
    }

    /// <summary>Older vLLM sends the error object bare, with <c>"object":"error"</c>.</summary>
    private static void ReadKind(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        var isKind = reader.ValueTextEquals("object"u8);
        reader.Read();
        if (isKind && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8))
            chunk.Error ??= ProviderError.Rejected;
        reader.Skip();
    }

    /// <summary>The same in every chunk, so that it becomes a string only once.</summary>
    private static string? ReadName(ref Utf8JsonReader reader, string? known)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return known is not null && reader.ValueTextEquals(known) ? known : JsonText.Read(ref reader);
        reader.Skip();
        return known;
    }
}
