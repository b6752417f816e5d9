namespace Runnel.Providers.OpenAI;

/// <summary>
/// Where an OpenAI-compatible model is and how to address it. Immutable. <see cref="ToString"/> names host and port
/// only, so that it can be logged.
/// </summary>
public sealed class OpenAIEndpoint
{
    private static readonly string[] AzureHosts =
        [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

    /// <summary>Describes an endpoint.</summary>
    /// <param name="baseUrl">
    /// The address as its provider writes it, <c>https://api.openai.com/v1</c> or <c>http://127.0.0.1:11434/v1/</c>.
    /// Nothing is guessed: <c>/v1</c> is not added. A query (Azure's <c>?api-version=…</c>) is kept.
    /// </param>
    /// <param name="apiKey">The key; white space around it is removed. Null or empty: no key is sent.</param>
    /// <param name="model">The model to ask for when a request names none.</param>
    /// <exception cref="ArgumentException">
    /// The address is not an absolute http or https one, the key has characters that no header can carry, or the
    /// model is empty. The message never repeats the value.
    /// </exception>
    public OpenAIEndpoint(string baseUrl, string? apiKey, string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (!Uri.TryCreate(baseUrl?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ArgumentException("The base URL is not an absolute http or https address.", nameof(baseUrl));
        var key = apiKey?.Trim() ?? "";
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("The API key has characters that no HTTP header can carry.", nameof(apiKey));

        BaseUrl = uri;
        ApiKey = key;
        Model = model.Trim();
        ChatCompletions = Join(uri);
        UsesApiKeyHeader = IsAzure(uri) || uri.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase);
        IsOpenAI = uri.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase) || UsesApiKeyHeader;
    }

    /// <summary>The address as it was given.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The model to ask for when a request names none.</summary>
    public string Model { get; }

    /// <summary>
    /// Whether the key goes into the header <c>api-key</c> instead of <c>Authorization: Bearer</c>. Default: true
    /// for the hosts of Azure and for addresses with <c>api-version</c>.
    /// </summary>
    public bool UsesApiKeyHeader { get; init; }

    internal string ApiKey { get; }

    internal Uri ChatCompletions { get; }

    /// <summary>Its newer models refuse <c>max_tokens</c>; everybody else knows nothing but that.</summary>
    internal bool IsOpenAI { get; }

    /// <summary>Host and port.</summary>
    public override string ToString() => BaseUrl.Authority;

    private static bool IsAzure(Uri uri) =>
        Array.Exists(AzureHosts, host => uri.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));

    private static Uri Join(Uri baseUrl)
    {
        var path = baseUrl.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith("/chat/completions", StringComparison.OrdinalIgnoreCase)) path += "/chat/completions";
        return new UriBuilder(baseUrl) { Path = path, Fragment = "" }.Uri;
    }
}
