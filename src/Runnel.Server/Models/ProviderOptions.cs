using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Models;

/// <summary>One model: <c>Models:Providers:{n}:*</c>.</summary>
internal sealed class ProviderOptions
{
    public const int DefaultContextTokens = 32_000;

    /// <summary>What messages and answers call it.</summary>
    public string Name { get; set; } = "";

    public ModelKind Kind { get; set; } = ModelKind.OpenAI;

    /// <summary>By default the one of OpenAI.</summary>
    public string BaseUrl { get; set; } = "https://api.openai.com/v1";

    public string? ApiKey { get; set; }

    /// <summary>What the endpoint calls the model.</summary>
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary>How much of a conversation the model is given, in estimated tokens; its answer needs room beside.</summary>
    [Range(256, 10_000_000)]
    public int ContextTokens { get; set; } = DefaultContextTokens;

    /// <summary>Whether an answer that breaks off is withdrawn and asked for again, though people have seen its beginning.
    /// </summary>
    public bool RetryAfterText { get; set; }

    /// <summary>The name of the model that answers in its place when it cannot.</summary>
    public string? Fallback { get; set; }
}
