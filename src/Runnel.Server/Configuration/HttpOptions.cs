namespace Runnel.Server.Configuration;

/// <summary>Who stands between browsers and the server: <c>Http:*</c>. Each is one text with commas between, or a list.</summary>
internal sealed class HttpOptions
{
    /// <summary>Origins of pages elsewhere that may use the API: <c>https://app.example.org</c>, exactly.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses, or networks like <c>10.0.0.0/8</c>, of the proxies whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <exception cref="ConfigurationException">A value is not an origin, or not an address.</exception>
    public static HttpOptions Read(IConfiguration configuration)
    {
        var options = new HttpOptions
        {
            AllowedOrigins = Values(configuration.GetSection("Http:AllowedOrigins")),
            TrustedProxies = Values(configuration.GetSection("Http:TrustedProxies")),
        };
        Check("Http:AllowedOrigins", options.AllowedOrigins, IsOrigin, "origins like https://app.example.org");
        Check("Http:TrustedProxies", options.TrustedProxies, IsNetwork, "addresses like 10.0.0.7 or networks like 10.0.0.0/8");
        return options;
    }

    private static List<string> Values(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value).Append(section.Value).OfType<string>()
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static void Check(string key, IReadOnlyList<string> values, Func<string, bool> isGood, string form)
    {
        if (values.FirstOrDefault(value => !isGood(value)) is { } wrong)
            throw new ConfigurationException($"{key} must be {form}, not \"{wrong.ReplaceLineEndings(" ")}\".");
    }

    // As browsers write it, in lower case and without a default port: only what is equal to that can ever match.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == text
        && uri.UserInfo.Length == 0;

    private static bool IsNetwork(string text) =>
        System.Net.IPNetwork.TryParse(text, out _) || System.Net.IPAddress.TryParse(text, out _);
}
