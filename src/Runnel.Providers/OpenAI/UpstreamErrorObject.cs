using System.Globalization;
using System.Text.Json;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// Reads an <c>error</c>, an object or a string, only to tell what kind it is: its words may repeat keys and prompts
/// and go nowhere.
/// </summary>
internal static class UpstreamErrorObject
{
    private static readonly string[] Refusals =
        ["content_filter", "content_policy", "data_inspection_failed", "responsibleaipolicy", "content exists risk"];

    private static readonly string[] Passing =
        ["overload", "rate_limit", "rate limit", "server_error", "unavailable", "timeout", "timed out", "internal error"];

    /// <summary>What it means; null for a JSON null, <c>false</c> or an empty string.</summary>
    public static ProviderError? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            case JsonTokenType.String:
                return reader.ValueSpan.IsEmpty ? null : Classify(JsonText.Read(ref reader)!);
            case JsonTokenType.Null or JsonTokenType.False:
                return null;
            default:
                reader.Skip();
                return ProviderError.Rejected;
        }
    }

    private static ProviderError ReadObject(ref Utf8JsonReader reader)
    {
        var kind = ProviderError.Rejected;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTelling = reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("type"u8)
                || reader.ValueTextEquals("status"u8) || reader.ValueTextEquals("message"u8);
            reader.Read();
            var said = ProviderError.Rejected;
            if (isTelling && reader.TokenType == JsonTokenType.String) said = Classify(JsonText.Read(ref reader)!);
            else if (isTelling && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var status))
                said = Classify(status);
            else reader.Skip();
            if (kind == ProviderError.Rejected || said == ProviderError.ContentRefused) kind = said;
        }

        return kind;
    }

    private static ProviderError Classify(int status) =>
        status is 429 or (>= 500 and < 600) ? ProviderError.Unavailable : ProviderError.Rejected;

    private static ProviderError Classify(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)) return Classify(status);
        if (Says(text, Refusals)) return ProviderError.ContentRefused;
        return Says(text, Passing) ? ProviderError.Unavailable : ProviderError.Rejected;
    }

    private static bool Says(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
