namespace Runnel.Providers.Discovery;

/// <summary>A model that runs on this machine and can be used without a key.</summary>
/// <param name="Name">The server, <c>ollama</c> or <c>lmstudio</c>.</param>
/// <param name="BaseUrl">Its OpenAI-compatible base URL, ending in <c>/v1</c>.</param>
/// <param name="Model">The first model it lists that can chat.</param>
public sealed record LocalModelServer(string Name, Uri BaseUrl, string Model);
