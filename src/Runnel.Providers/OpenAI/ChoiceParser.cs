using System.Text.Json;

namespace Runnel.Providers.OpenAI;

/// <summary>Reads <c>choices</c>. Only the first choice is ours: no more than one is ever asked for.</summary>
internal static class ChoiceParser
{
    public static void ReadAll(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (first && reader.TokenType == JsonTokenType.StartObject) ReadChoice(ref reader, chunk);
            else reader.Skip();
            first = false;
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                ReadDelta(ref reader, chunk);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                chunk.FinishReason = ReadText(ref reader) ?? chunk.FinishReason;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                chunk.Error = UpstreamErrorObject.Read(ref reader) ?? chunk.Error;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>What stands first wins where a server says the same under two names.</summary>
    private static void ReadDelta(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("content"u8);
            var isReasoning = !isText
                && (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8));
            var isRefusal = !isText && !isReasoning && reader.ValueTextEquals("refusal"u8);
            reader.Read();
            if (isText) chunk.Text ??= ReadContent(ref reader);
            else if (isReasoning) chunk.Reasoning ??= ReadText(ref reader);
            else if (isRefusal) chunk.IsRefusal |= ReadText(ref reader) is not null;
            else reader.Skip();
        }
    }

    private static string? ReadContent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return ReadText(ref reader);
        string? text = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject) text += ReadPart(ref reader);
            else reader.Skip();
        }

        return text;
    }

    /// <summary>Mistral's content is a list of parts, <c>{"type":"text","text":"…"}</c>.</summary>
    private static string? ReadPart(ref Utf8JsonReader reader)
    {
        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isText) text = ReadText(ref reader);
            else reader.Skip();
        }

        return text;
    }

    /// <summary>A string that says something; null for anything else.</summary>
    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.ValueSpan.IsEmpty ? null : JsonText.Read(ref reader);
        reader.Skip();
        return null;
    }
}
