using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Runnel.Server.Tests.Auth.External;

/// <summary>A small OpenID provider over HTTP: its discovery document, its keys, and tokens good and bad.</summary>
internal sealed class ProviderFake : IAsyncDisposable
{
    public const string Audience = "runnel-tests";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private ProviderFake(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    public static async Task<ProviderFake> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new ProviderFake(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Issuer, jwks_uri = provider.Issuer + "/keys",
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        await app.StartAsync();
        return provider;
    }

    /// <summary>A token that is good, but for what is said otherwise.</summary>
    public string Token(
        string? subject = "subject-1",
        string? issuer = null,
        string audience = Audience,
        TimeSpan? lifetime = null,
        string algorithm = "RS256",
        RSA? key = null)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer ?? Issuer,
            ["aud"] = audience,
            ["iat"] = now.AddMinutes(-20).ToUnixTimeSeconds(),
            ["exp"] = (now + (lifetime ?? TimeSpan.FromMinutes(5))).ToUnixTimeSeconds(),
            ["email"] = "anna@example.org",
        };
        if (subject is not null)
            claims["sub"] = subject;
        var header = new Dictionary<string, object> { ["alg"] = algorithm, ["kid"] = "one", ["typ"] = "JWT" };
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed, algorithm, key ?? _key))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static byte[] Sign(string text, string algorithm, RSA key) => algorithm switch
    {
        "none" => [],
        // As an attacker would who takes the public key for a secret.
        "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(text)),
        _ => key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private static string Part(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private Dictionary<string, string> PublicKey()
    {
        var numbers = _key.ExportParameters(includePrivateParameters: false);
        return new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "one",
            ["alg"] = "RS256",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
    }
}
