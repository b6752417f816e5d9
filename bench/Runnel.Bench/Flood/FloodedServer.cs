using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Runnel.Bench.Flood;

/// <summary>The real server in a process of its own, with a data directory of its own.</summary>
internal sealed class FloodedServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private FloodedServer(Process process, string directory, Uri address) =>
        (_process, _directory, Address) = (process, directory, address);

    public Uri Address { get; }

    /// <summary>What it has used of the processor so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<FloodedServer> StartAsync(string file, string model, int port, string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("runnel-flood-").FullName;
        var address = new Uri($"http://127.0.0.1:{port}");
        string[] arguments =
        [
            file, $"--Urls={address}", $"--Data:Directory={directory}", "--Models:Titles=false", "--Models:Providers:0:Name=stamped",
            $"--Models:Providers:0:BaseUrl={model}", "--Models:Providers:0:Model=stamped",
            "--Logging:LogLevel:Default=Warning", .. settings,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        var server = new FloodedServer(process, directory, address);
        using var client = server.NewClient();
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited)
                throw new InvalidOperationException("The server ended.");
            await Task.Delay(100);
        }

        return server;
    }

    public HttpClient NewClient(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The address and access token of somebody new, whose password is <see cref="Attack.Password"/>.</summary>
    public async Task<(string Email, string Token)> RegisterAsync()
    {
        using var client = NewClient();
        var email = $"{Guid.NewGuid():N}@example.org";
        using var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = Attack.Password });
        answer.EnsureSuccessStatusCode();
        return (email, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
