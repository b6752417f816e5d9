using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>Why an answer ended, in the words of all dialects.</summary>
internal static class FinishReasons
{
    /// <summary>The error that a server dressed as a reason to finish; null for a true reason.</summary>
    public static ProviderError? Error(string reason) => reason switch
    {
        "error" or "insufficient_system_resource" => ProviderError.Unavailable,
        "abort" or "cancelled" => ProviderError.Closed,
        _ => null,
    };

    /// <summary>An unknown word ends an answer as well as <c>stop</c> does.</summary>
    public static ChatFinishReason Parse(string reason) => reason switch
    {
        "length" or "max_tokens" or "model_length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
