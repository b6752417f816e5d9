using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>Reads <c>usage</c>. Counts that are not whole numbers are taken as not reported.</summary>
internal static class UsageParser
{
    public static UsageDetails? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var usage = new UsageDetails();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8)) usage.InputTokenCount = ReadCount(ref reader);
            else if (reader.ValueTextEquals("completion_tokens"u8)) usage.OutputTokenCount = ReadCount(ref reader);
            else if (reader.ValueTextEquals("total_tokens"u8)) usage.TotalTokenCount = ReadCount(ref reader);
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
                usage.CachedInputTokenCount = ReadDetail(ref reader, "cached_tokens"u8);
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
                usage.ReasoningTokenCount = ReadDetail(ref reader, "reasoning_tokens"u8);
            else reader.Skip();
        }

        return usage.InputTokenCount is null && usage.OutputTokenCount is null ? null : usage;
    }

    private static long? ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        long? count = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name)) count = ReadCount(ref reader);
            else reader.Skip();
        }

        return count;
    }

    private static long? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count)) return count;
        reader.Skip();
        return null;
    }
}
