using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Runnel.Server.Configuration;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.External;

/// <summary>Tokens of a real, small OpenID provider.</summary>
public sealed class ExternalIssuerTests : IAsyncLifetime
{
    private const string Me = "/api/v1/auth/me";

    private ProviderFake _provider = null!;
    private RunnelServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await ProviderFake.StartAsync();
        _server = await RunnelServer.StartAsync(
            $"Auth:Jwt:Authority={_provider.Issuer}", $"Auth:Jwt:Audience={ProviderFake.Audience}", "Auth:AllowRegistration=false");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Newcomer_GetsAnAccountAtFirstSight_AndKeepsIt()
    {
        using var client = With(_provider.Token());
        var thread = await new Speaker(client).CreateAsync("mine");
        using var later = With(_provider.Token(lifetime: TimeSpan.FromMinutes(9)));
        using var other = With(_provider.Token("subject-2"));

        var first = await UserAsync(client);
        var second = await UserAsync(later);
        var third = await UserAsync(other);

        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.NotEqual(first.Text("id"), third.Text("id"));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("email").ValueKind);
        Assert.Single((await new Speaker(later).GetAsync(Speaker.Api)).Items());
        using var refused = await other.GetAsync($"{Speaker.Api}/{thread}", Token);
        await refused.ProblemAsync(404, "conversation_not_found");
    }

    [Fact]
    public async Task Newcomer_GetsOneAccount_WhenManyRequestsComeAtOnce()
    {
        using var client = With(_provider.Token("crowd"));

        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UserAsync(client)));

        Assert.Single(users.Select(user => user.Text("id")).Distinct());
    }

    [Theory]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("expired")]
    [InlineData("alg none")]
    [InlineData("alg HS256")]
    [InlineData("another key")]
    [InlineData("no subject")]
    [InlineData("endless subject")]
    [InlineData("changed")]
    [InlineData("garbage")]
    public async Task Token_IsRefused_When(string what)
    {
        using var foreign = RSA.Create(2048);
        var good = _provider.Token();
        using var client = With(what switch
        {
            "another audience" => _provider.Token(audience: "somebody-else"),
            "another issuer" => _provider.Token(issuer: "https://evil.example"),
            "expired" => _provider.Token(lifetime: TimeSpan.FromMinutes(-2)),
            "alg none" => _provider.Token(algorithm: "none"),
            "alg HS256" => _provider.Token(algorithm: "HS256"),
            "another key" => _provider.Token(key: foreign),
            "no subject" => _provider.Token(subject: null),
            "endless subject" => _provider.Token(new string('s', 256)),
            "changed" => _provider.Token("subject-2").Split('.') is [_, var claims, _]
                ? $"{good.Split('.')[0]}.{claims}.{good.Split('.')[2]}" : "",
            _ => "a.b.c",
        });

        using var answer = await client.GetAsync(Me, Token);

        await answer.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Stream_Ends_WhenTheTokenExpires()
    {
        // A minute of clock skew is granted when it is taken, and none after.
        using var client = With(_provider.Token(lifetime: TimeSpan.FromSeconds(3)));
        using var stream = await new Speaker(client).FollowAllAsync();
        await stream.NextAsync("connected");

        Assert.Empty(await stream.ToEndAsync());
    }

    [Fact]
    public async Task Account_HasNoPassword()
    {
        using var client = With(_provider.Token());

        using var changed = await client.PostAsJsonAsync(
            "/api/v1/auth/password", new { current_password = "", new_password = "12345678" }, Token);
        using var deleted = await client.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, Me) { Content = JsonContent.Create(new { password = "" }) }, Token);

        await changed.ProblemAsync(409, "no_password");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Provider_ThatIsAway_IsNotTheTokensFault()
    {
        var away = await ProviderFake.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            $"Auth:Jwt:Authority={away.Issuer}", $"Auth:Jwt:Audience={ProviderFake.Audience}");
        using var client = With(away.Token(), server);
        await away.DisposeAsync();

        using var answer = await client.GetAsync(Me, Token);

        await answer.ProblemAsync(503, "unavailable");
    }

    [Theory]
    [InlineData("Auth:Jwt:Authority=http://login.example.org", "Auth:Jwt:Audience=runnel", "Auth:Jwt:Authority")]
    [InlineData("Auth:Jwt:Authority=login", "Auth:Jwt:Audience=runnel", "Auth:Jwt:Authority")]
    [InlineData("Auth:Jwt:Authority=https://login.example.org", "Auth:Jwt:Audience=", "Auth:Jwt:Audience")]
    [InlineData("Auth:Jwt:Authority=", "Auth:Jwt:Audience=runnel", "Auth:Jwt:Authority")]
    public async Task Start_IsRefused_WhenTheSettingsAreWrong(string authority, string audience, string key)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => RunnelServer.StartAsync(authority, audience));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> UserAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(Me, Token)).GetProperty("user");

    private HttpClient With(string token, RunnelServer? server = null)
    {
        var client = (server ?? _server).NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
