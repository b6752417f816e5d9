using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>One sign-in by token, with what it may ask of its account.</summary>
public sealed class SignedInClient : IDisposable
{
    private SignedInClient(HttpClient client, string email, JsonElement tokens)
    {
        (Client, Email) = (client, email);
        Use(tokens);
    }

    public const string Password = "correct horse";

    public HttpClient Client { get; }

    public string Email { get; }

    public string AccessToken { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    public static async Task<SignedInClient> RegisterAsync(RunnelServer server, string? email = null) =>
        await EnterAsync(server, "register", email ?? $"{Guid.NewGuid():N}@example.org", Password);

    /// <summary>Another session of the same account.</summary>
    public Task<SignedInClient> LoginAgainAsync(RunnelServer server, string password = Password) =>
        EnterAsync(server, "login", Email, password);

    public async Task<HttpResponseMessage> RefreshAsync(string? token = null) =>
        await Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refresh_token = token ?? RefreshToken });

    /// <summary>Goes on with other tokens.</summary>
    public void Use(JsonElement tokens)
    {
        (AccessToken, RefreshToken) = (tokens.Text("access_token"), tokens.Text("refresh_token"));
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
    }

    public async Task<HttpStatusCode> MeAsync()
    {
        using var answer = await Client.GetAsync(new Uri("/api/v1/auth/me", UriKind.Relative));
        return answer.StatusCode;
    }

    public async Task<List<JsonElement>> SessionsAsync() =>
        [.. (await Client.GetFromJsonAsync<JsonElement>("/api/v1/auth/sessions")).GetProperty("items").EnumerateArray()];

    /// <summary>The id of its own session.</summary>
    public async Task<string> SessionIdAsync() =>
        (await SessionsAsync()).Single(session => session.GetProperty("is_current").GetBoolean()).Text("session_id");

    /// <summary>A body goes with it: <c>DELETE</c> may have one.</summary>
    public Task<HttpResponseMessage> DeleteAsync(string path, object? body = null) =>
        Client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        });

    public void Dispose() => Client.Dispose();

    private static async Task<SignedInClient> EnterAsync(RunnelServer server, string how, string email, string password)
    {
        var client = server.NewClient();
        using var answer = await client.PostAsJsonAsync("/api/v1/auth/" + how, new { email, password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new SignedInClient(client, email, await answer.JsonAsync());
    }
}
