using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth;

/// <summary>A server, and one of each thing that lets somebody in.</summary>
public sealed class GoodCredentials : IAsyncLifetime
{
    public RunnelServer Server { get; private set; } = null!;

    /// <summary>By their kind.</summary>
    public Dictionary<string, string> All { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(Server);
        (All["access"], All["refresh"]) = (anna.AccessToken, anna.RefreshToken);
        using var issued = await anna.Client.PostAsJsonAsync("/api/v1/auth/stream-ticket", new { }, Token);
        All["ticket"] = (await issued.JsonAsync()).Text("ticket");
        using var made = await anna.Client.PostAsJsonAsync("/api/v1/auth/api-keys", new { name = "key" }, Token);
        All["key"] = (await made.JsonAsync()).Text("key");
        using var browser = Server.NewClient();
        browser.DefaultRequestHeaders.Add("Origin", Server.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var login = await browser.PostAsJsonAsync(
            "/api/v1/auth/login?use_cookies=true", new { email = anna.Email, password = SignedInClient.Password }, Token);
        All["cookie"] = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
        using var stream = await Server.Client.GetAsync(
            new Uri($"{Speaker.Api}/stream?ticket={All["ticket"]}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        All["ticket cookie"] = stream.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
