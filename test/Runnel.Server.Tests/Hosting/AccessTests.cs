using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Hosting;

/// <summary>Asks every endpoint as everybody, and compares with <c>docs/operations/access.md</c>, which says what is intended.
/// <c>RUNNEL_WRITE_ACCESS=1</c> writes that file anew: read the difference before you keep it.</summary>
public class AccessTests
{
    private static readonly string[] Callers = ["nobody", "another", "owner", "expired", "ticket", "api key"];

    private readonly FakeTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpoint_AnswersEverybody_AsTheTableSays()
    {
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(_time), "Shutdown:GraceSeconds=0");
        var table = new StringBuilder();
        foreach (var endpoint in Endpoints(server))
        {
            var statuses = new List<int>();
            foreach (var caller in Callers)
                statuses.Add(await AskAsync(server, endpoint.Method, endpoint.Path, caller));
            AssertIntended(endpoint, statuses);
            table.Append(CultureInfo.InvariantCulture, $"| `{endpoint.Method} {endpoint.Path}` | {string.Join(" | ", statuses)} |\n");
        }

        var file = Path.Combine(Root(), "docs", "operations", "access.md");
        var page = Page(table.ToString());
        if (Environment.GetEnvironmentVariable("RUNNEL_WRITE_ACCESS") == "1")
            await File.WriteAllTextAsync(file, page, Token);
        Assert.Equal(await File.ReadAllTextAsync(file, Token), page);
    }

    /// <summary>What holds for every endpoint, also for one that somebody adds to the file without thinking.</summary>
    private static void AssertIntended(Endpoint endpoint, List<int> statuses)
    {
        var (nobody, another, owner, expired, ticket) = (statuses[0], statuses[1], statuses[2], statuses[3], statuses[4]);
        Assert.True(statuses.TrueForAll(status => status < 500), endpoint.ToString());
        Assert.True(endpoint.IsOpen || (nobody == 401 && expired == 401), endpoint.ToString());
        Assert.True(endpoint.IsOpen || !endpoint.Path.Contains('{', StringComparison.Ordinal) || another == 404, endpoint.ToString());
        var isStream = endpoint.Method == "GET" && endpoint.Path.EndsWith("/stream", StringComparison.Ordinal);
        Assert.True(endpoint.IsOpen || ticket == (isStream ? owner : 401), endpoint.ToString());
    }

    private static IEnumerable<Endpoint> Endpoints(RunnelServer server) =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !EndpointTests.IsPage(endpoint))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => new Endpoint(
                    method,
                    endpoint.RoutePattern.RawText!.Replace(":long}", "}", StringComparison.Ordinal),
                    endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)))
            .OrderBy(endpoint => endpoint.Path, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Method, StringComparer.Ordinal);

    private async Task<int> AskAsync(RunnelServer server, string method, string path, string caller)
    {
        var owner = await server.NewUserAsync();
        var thread = await new Speaker(owner).CreateAsync();
        var sessions = await (await owner.GetAsync(new Uri("/api/v1/auth/sessions", UriKind.Relative), Token)).JsonAsync();
        var address = path.Replace("{threadId}", thread, StringComparison.Ordinal)
            .Replace("{sessionId}", sessions.Items()[0].Text("session_id"), StringComparison.Ordinal)
            .Replace("{digitalHumanId}", await MakeDigitalHumanAsync(owner), StringComparison.Ordinal)
            .Replace("{keyId}", await MakeKeyAsync(owner, "key_id"), StringComparison.Ordinal)
            .Replace("{nodeId}", "any", StringComparison.Ordinal)
            .Replace("{messageId}", "any", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = JsonContent.Create(Body(thread));
        await SignAsync(request, server, owner, caller);
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return (int)answer.StatusCode;
    }

    private async Task SignAsync(HttpRequestMessage request, RunnelServer server, HttpClient owner, string caller)
    {
        switch (caller)
        {
            case "another":
                request.Headers.Authorization = (await server.NewUserAsync()).DefaultRequestHeaders.Authorization;
                break;
            case "owner":
                request.Headers.Authorization = owner.DefaultRequestHeaders.Authorization;
                break;
            case "expired":
                request.Headers.Authorization = owner.DefaultRequestHeaders.Authorization;
                _time.Advance(TimeSpan.FromMinutes(61));
                break;
            case "api key":
                request.Headers.Authorization = new("Bearer", await MakeKeyAsync(owner, "key"));
                break;
            case "ticket":
                using (var issued = await new Speaker(owner).PostAsync(new { }, "/api/v1/auth/stream-ticket"))
                {
                    request.RequestUri = new Uri(
                        request.RequestUri + "?ticket=" + (await issued.JsonAsync()).Text("ticket"), UriKind.Relative);
                }

                break;
        }
    }

    private static async Task<string> MakeKeyAsync(HttpClient owner, string member)
    {
        using var made = await new Speaker(owner).PostAsync(new { name = "mine" }, "/api/v1/auth/api-keys");
        return (await made.JsonAsync()).Text(member);
    }

    private static async Task<string> MakeDigitalHumanAsync(HttpClient owner)
    {
        using var made = await new Speaker(owner).PostAsync(
            new { name = "Mine", persona = "Nobody in particular." }, "/api/v1/digital-humans");
        return (await made.JsonAsync()).GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>In which every endpoint finds something, and those that sign in find nobody.</summary>
    private static object Body(string thread) => new
    {
        message = "hello", title = "mine", rating = "up", message_id = "any", email = "not an address", password = "", name = "",
        refresh_token = "", thread_id = thread,
    };

    private static string Page(string table) =>
        $"""
        # Who may do what

        Every endpoint, asked as everybody: the status of the answer. `AccessTests` asks, and fails when an endpoint answers
        otherwise or is not in this table.

        - *nobody*: without any credential; *another*: a user, about what is somebody else's; *owner*: about their own;
          *expired*: the owner, with a token whose time is over; *ticket*: nothing but a ticket of the owner for streams;
          *api key*: the owner's, which is refused (403) where accounts are managed.
        - What is somebody else's answers 404, as what is not there does. A path that names no one's thing has no other owner: there
          *another* asks about their own.
        - The body that was sent has a field for each endpoint and no password: 401, 403 and 422 below `auth` are about that.
          The message that is named is none, so that 404 below `messages` and `branch` is about the message.
        - `/metrics` was asked from this machine.

        | endpoint | {string.Join(" | ", Callers)} |
        |---|{string.Concat(Callers.Select(_ => "---|"))}
        {table}
        """;

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Runnel.slnx")))
            directory = directory.Parent!;
        return directory.FullName;
    }

    private sealed record Endpoint(string Method, string Path, bool IsOpen);
}
