using System.Net.Http.Headers;
using System.Net.Http.Json;
using Runnel.Fakes;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>The server as a process that may die and be started again on the same data, with a fake upstream that lives on, and
/// somebody who stays signed in.</summary>
public sealed class LivingServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _settings;
    private AuthenticationHeaderValue? _token;

    private LivingServer(FakeUpstream upstream, Dictionary<string, string> environment, string[] settings) =>
        (Upstream, _environment, _settings) = (upstream, environment, settings);

    public FakeUpstream Upstream { get; }

    public RunnelProcess Process { get; private set; } = null!;

    public Speaker Speaker { get; private set; } = null!;

    /// <summary>Where its rows are, for tests that look, or change them, while it does not run.</summary>
    public string DatabaseFile => Path.Combine(_directory.Path, "data", "runnel.db");

    /// <summary>With the fake as its only model.</summary>
    public static async Task<LivingServer> StartAsync(params string[] settings)
    {
        var upstream = await FakeUpstream.StartAsync();
        return await StartAsync(upstream, [], [.. Talk.ModelAt(upstream), .. settings]);
    }

    public static async Task<LivingServer> StartAsync(
        FakeUpstream upstream, Dictionary<string, string> environment, params string[] settings)
    {
        var server = new LivingServer(upstream, environment, settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts, or starts again when the process has ended, on the same data and another port.</summary>
    public async Task StartAgainAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        string[] own = ["Urls=http://127.0.0.1:0", "Data:Directory=data", "Auth:PasswordIterations=1000", "Models:Titles=false",
            "Limits:RequestsPerMinute=1000000"];
        Process = RunnelProcess.Start(
            _directory.Path, _environment, [.. own.Concat(_settings).Select(setting => "--" + setting)]);
        var client = new HttpClient { BaseAddress = await Process.ListeningAsync(), Timeout = TimeSpan.FromSeconds(60) };
        _token ??= await RegisterAsync(client);
        client.DefaultRequestHeaders.Authorization = _token;
        Speaker = new Speaker(client);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Upstream.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<AuthenticationHeaderValue> RegisterAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = "somebody@example.org", password = "correct horse" });
        answer.EnsureSuccessStatusCode();
        return new AuthenticationHeaderValue("Bearer", (await answer.JsonAsync()).Text("access_token"));
    }
}
