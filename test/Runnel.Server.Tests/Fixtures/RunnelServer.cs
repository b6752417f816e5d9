using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Runnel.Server.Tests.Persistence.Postgres;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>
/// The whole server in this process: real Kestrel on a port of its own, real database in a directory of its own, which goes with it.
/// </summary>
public sealed class RunnelServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private string[] _settings;
    private readonly Action<WebApplicationBuilder>? _configure;
    private WebApplication? _app;
    private HttpClient? _client;
    private int _users;

    private RunnelServer(string[] settings, Action<WebApplicationBuilder>? configure) =>
        (_settings, _configure) = (settings, configure);

    public string DataDirectory => _directory.Path;

    public Uri BaseAddress => new(_app!.Urls.Single());

    /// <summary>What runs, for tests that look inside.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Nobody: no cookies, no token.</summary>
    public HttpClient Client => _client!;

    public static Task<RunnelServer> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <param name="configure">Replaces parts of the server, after all its own registrations.</param>
    /// <param name="settings">As on the command line: <c>Limits:BodyBytes=2048</c>.</param>
    public static async Task<RunnelServer> StartAsync(
        Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var server = new RunnelServer(settings, configure);
        try
        {
            if (SharedPostgres.IsForAll && !settings.Any(setting => setting.StartsWith("Database:", StringComparison.Ordinal)))
                server._settings = [.. settings, .. await SharedPostgres.SettingsAsync()];
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops and starts again on the same data, on another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A client with no cookies, or with a jar of its own and the headers of a page of the server.</summary>
    public HttpClient NewClient(bool browser = false)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = browser, AllowAutoRedirect = false })
        {
            BaseAddress = BaseAddress,
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (browser)
            client.DefaultRequestHeaders.Add("Origin", BaseAddress.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>A client that is signed in by token, as somebody new.</summary>
    public async Task<HttpClient> NewUserAsync(string? email = null)
    {
        email ??= $"user{Interlocked.Increment(ref _users)}-{Guid.NewGuid():N}@example.org";
        using var answer = await Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email, password = "correct horse" });
        answer.EnsureSuccessStatusCode();
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        string[] own =
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Directory={_directory.Path}", "--Auth:PasswordIterations=1000",
            "--Models:Discover=false", "--Models:Titles=false", "--Limits:RequestsPerMinute=1000000",
            "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.AspNetCore=None",
        ];
        _app = Program.Build([.. own, .. _settings.Select(setting => "--" + setting)], _configure);
        await _app.StartAsync();
        _client = NewClient();
    }

    private async Task StopAsync()
    {
        _client?.Dispose();
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}
