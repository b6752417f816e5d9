namespace Runnel.Providers.Discovery;

/// <summary>Where a local server may be.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="BaseUrl">Its OpenAI-compatible base URL, to which <c>/models</c> is added.</param>
public sealed record LocalModelCandidate(string Name, Uri BaseUrl)
{
    /// <summary>Ollama, then LM Studio, on their default ports.</summary>
    public static IReadOnlyList<LocalModelCandidate> Defaults { get; } =
    [
        new("ollama", new Uri("http://127.0.0.1:11434/v1")),
        new("lmstudio", new Uri("http://127.0.0.1:1234/v1")),
    ];
}
