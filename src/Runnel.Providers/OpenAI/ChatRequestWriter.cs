using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>Writes the body of <c>POST chat/completions</c>.</summary>
internal static class ChatRequestWriter
{
    private static readonly JsonWriterOptions Json = new()
    {
        // Chinese as Chinese: escapes would double the size of what is sent, and the body is never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReadOnlyMemory<byte> Write(
        OpenAIEndpoint endpoint, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, options?.ModelId ?? endpoint.Model);
            WriteMessages(json, messages, options?.Instructions);
            json.WriteBoolean("stream"u8, true);
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
            if (options is not null) WriteOptions(json, options, endpoint);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteMessages(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, string? instructions)
    {
        json.WriteStartArray("messages"u8);
        if (!string.IsNullOrEmpty(instructions)) WriteMessage(json, ChatRole.System.Value, instructions);
        foreach (var message in messages) WriteMessage(json, message.Role.Value, message.Text);
        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions options, OpenAIEndpoint endpoint)
    {
        if (options.Temperature is { } temperature) json.WriteNumber("temperature"u8, temperature);
        if (options.TopP is { } topP) json.WriteNumber("top_p"u8, topP);
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber(endpoint.IsOpenAI ? "max_completion_tokens"u8 : "max_tokens"u8, limit);
        if (options.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty"u8, frequency);
        if (options.PresencePenalty is { } presence) json.WriteNumber("presence_penalty"u8, presence);
        if (options.Seed is { } seed) json.WriteNumber("seed"u8, seed);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop"u8);
            foreach (var stop in stops) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (options.ResponseFormat is ChatResponseFormatJson format) WriteFormat(json, format, options);
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format, ChatOptions options)
    {
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, format.Schema is null ? "json_object"u8 : "json_schema"u8);
        if (format.Schema is { } schema)
        {
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, format.SchemaName ?? "answer");
            if (format.SchemaDescription is { } description) json.WriteString("description"u8, description);
            json.WritePropertyName("schema"u8);
            schema.WriteTo(json);
            if (options.AdditionalProperties?.TryGetValue("strict", out bool strict) is true)
                json.WriteBoolean("strict"u8, strict);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
