namespace Runnel.Server.Configuration;

/// <summary>Another issuer of tokens that are good here: <c>Auth:Jwt:*</c>.</summary>
internal sealed class JwtOptions
{
    /// <summary>The address of an OpenID provider, which has <c>.well-known/openid-configuration</c> below it. Without one there is
    /// no other issuer.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this server: tokens for anybody else are refused.</summary>
    public string? Audience { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);

    /// <exception cref="ConfigurationException">One is missing, or the authority could be read by others on the way.</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Authority) && string.IsNullOrWhiteSpace(Audience))
            return;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || !IsSafe(uri))
            throw new ConfigurationException("Auth:Jwt:Authority must be an https address, as in https://login.example.org.");
        if (string.IsNullOrWhiteSpace(Audience))
            throw new ConfigurationException("Auth:Jwt:Audience must be given with Auth:Jwt:Authority.");
    }

    private static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}
