namespace Runnel.Server.Models;

/// <summary>One model: <c>Models:Providers:{n}:*</c>.</summary>
internal sealed class ProviderOptions
{
    /// <summary>What messages and answers call it.</summary>
    public string Name { get; set; } = "";

    public ModelKind Kind { get; set; } = ModelKind.OpenAI;

    /// <summary>By default the one of OpenAI.</summary>
    public string BaseUrl { get; set; } = "https://api.openai.com/v1";

    public string? ApiKey { get; set; }

    /// <summary>What the endpoint calls the model.</summary>
    public string Model { get; set; } = "gpt-4o-mini";
}
