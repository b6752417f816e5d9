using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Persistence.Postgres;

namespace Runnel.Server.Tests.Fuzz;

public class FuzzTests(ITestOutputHelper output)
{
    private const int RoundsForEach = 30;

    private static readonly string[] Verbs = ["HEAD", "OPTIONS", "TRACE", "POST", "GET", "PUT", "DELETE", "PATCH", "BREW"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Plausible = """
        "message":"x","email":"a@x.example","password":"12345678","name":"x","persona":"x","title":"x","rating":"up"
        """;

    private static readonly string[] Parameters =
        ["q", "digital_human_id", "before", "after", "ticket", "types", "format", "limit", "path"];

    /// <summary>RUNNEL_SEED repeats a run that failed.</summary>
    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("RUNNEL_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next();

    [Fact]
    public async Task Server_NeverFailsAndNeverHangs_WhateverIsSentToAnyEndpoint()
    {
        var seed = Seed;
        output.WriteLine($"seed {seed}");
        await using var server = await StartAsync();
        var operations = await OperationsAsync(server);
        var random = new Random(seed);
        var complaints = new List<string>();
        foreach (var operation in operations)
        {
            var somebody = new Speaker(await server.NewUserAsync());
            var thread = await somebody.CreateAsync();
            for (var round = 0; round < RoundsForEach; round++)
            {
                var own = random.Next();
                var (method, request) = Make(operation, server, somebody, thread, new Random(own));
                if ((await RawAnswer.OfAsync(server.BaseAddress, request)).Complaint(method) is { } complaint)
                    complaints.Add($"{complaint}: {Shown(request)}");
            }
        }

        Assert.True(complaints.Count == 0, $"seed {seed}\n{string.Join("\n\n", complaints.Take(10))}");
        using var alive = await server.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        Assert.True(alive.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Server_AnswersEveryVerbOnEveryPath_WithoutAFault()
    {
        await using var server = await StartAsync();
        var somebody = new Speaker(await server.NewUserAsync());
        var complaints = new List<string>();
        foreach (var path in (await OperationsAsync(server)).Select(operation => operation.Path).Distinct())
        {
            foreach (var verb in Verbs)
            {
                var request = Encoding.Latin1.GetBytes(
                    $"{verb} {Filled(path, "none")} HTTP/1.1\r\n{Head(server, somebody)}Content-Length: 2\r\n"
                    + "Content-Type: application/json\r\n\r\n{}");
                var answer = await RawAnswer.OfAsync(server.BaseAddress, request);
                if (answer.Complaint(verb) is { } complaint || answer.Status == 0)
                    complaints.Add($"{verb} {path}: {answer.Complaint(verb)} {answer.Status}");
            }
        }

        Assert.Empty(complaints);
    }

    /// <summary>On PostgreSQL, which has no such characters; SQLite takes them.</summary>
    [Theory]
    [InlineData("\\u0000", "%00")]
    [InlineData("\\ud800", "%ED%A0%80")]
    public async Task Server_TakesCharactersThatTheDatabaseHasNot_InEveryFieldAndParameter(string escaped, string encoded)
    {
        await using var server = await RunnelServer.StartAsync(
            [.. await SharedPostgres.SettingsAsync(), "Auth:PasswordIterations=1000", "Limits:FailedLoginsPerMinute=100000"]);
        var somebody = new Speaker(await server.NewUserAsync());
        var complaints = new List<string>();
        var thread = await somebody.CreateAsync();
        foreach (var operation in await OperationsAsync(server))
        {
            var places = operation.Method == "GET" ? Parameters : [.. operation.Fields, "none"];
            foreach (var place in places)
            {
                var body = operation.Method == "GET" ? "" : $$"""{{{Plausible}},"{{place}}":"a{{escaped}}@x.example"}""";
                var part = place is "none" or "path" ? "a" + encoded : thread;
                var request = Encoding.Latin1.GetBytes(
                    $"{operation.Method} {Filled(operation.Path, part)}?{place}=a{encoded} HTTP/1.1\r\n{Head(server, somebody)}"
                    + $"Content-Length: {body.Length}\r\nContent-Type: application/json\r\n\r\n{body}");
                if ((await RawAnswer.OfAsync(server.BaseAddress, request)).Complaint(operation.Method) is { } complaint)
                    complaints.Add($"{operation.Method} {operation.Path} {place}: {complaint}");
            }
        }

        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA")]
    public async Task Stream_StaysAStream_WhenAnUpgradeIsAskedFor(string headers)
    {
        await using var server = await StartAsync();
        var user = await server.NewUserAsync();
        var authorization = user.DefaultRequestHeaders.Authorization;

        var answer = await RawAnswer.OfAsync(server.BaseAddress, Encoding.Latin1.GetBytes(
            $"GET /api/v1/conversations/stream HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n{headers}\r\n\r\n"));

        Assert.Equal(200, answer.Status);
        Assert.True(answer.IsStream);
    }

    [Theory]
    [InlineData("GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nX: {0}\r\n\r\n", 40_000)]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: x\r\n\r\n", 20_000)]
    [InlineData("{0}\r\n\r\n", 100)]
    [InlineData("GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nContent-Length: -{0}\r\n\r\n", 1)]
    [InlineData("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx{0}\r\n", 1)]
    public async Task Nonsense_IsRefusedByTheServerItself(string form, int length)
    {
        await using var server = await StartAsync();

        var answer = await RawAnswer.OfAsync(
            server.BaseAddress, Encoding.Latin1.GetBytes(form.Replace("{0}", new string('x', length), StringComparison.Ordinal)));

        Assert.InRange(answer.Status, 400, 431);
        Assert.Null(answer.Complaint("GET"));
    }

    private static Task<RunnelServer> StartAsync() => RunnelServer.StartAsync(
        "Auth:PasswordIterations=1000", "Limits:FailedLoginsPerMinute=100000", "Limits:RunningTurnsPerUser=10000",
        "Limits:StreamsPerUser=10000", "Shutdown:GraceSeconds=0");

    private static async Task<IReadOnlyList<ApiOperation>> OperationsAsync(RunnelServer server) =>
        ApiOperation.Of(await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token));

    private static (string Method, byte[] Request) Make(
        ApiOperation operation, RunnelServer server, Speaker somebody, string thread, Random random)
    {
        var hostile = new Hostile(random.Next());
        var method = random.Next(10) == 0 ? Verbs[random.Next(Verbs.Length)] : operation.Method;
        var path = hostile.Path(Filled(operation.Path, random.Next(2) == 0 ? thread : hostile.PathPart()));
        var body = operation.Fields.Count > 0 || random.Next(5) == 0 ? hostile.Body(operation.Fields) : [];
        var head = new StringBuilder($"{method} {path}?{hostile.Query()} HTTP/1.1\r\n");
        head.Append(random.Next(8) == 0 ? "Host: x\r\nConnection: close\r\n" : Head(server, somebody));
        foreach (var line in hostile.Headers())
            head.Append(line).Append("\r\n");
        if (body.Length > 0)
            head.Append(random.Next(10) == 0 ? "Content-Type: text/plain\r\n" : "Content-Type: application/json\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return (method, [.. Encoding.Latin1.GetBytes(head.ToString()), .. body]);
    }

    private static string Filled(string path, string value) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? value : part));

    private static string Head(RunnelServer server, Speaker somebody) =>
        $"Host: {server.BaseAddress.Authority}\r\nConnection: close\r\n"
        + $"Authorization: {somebody.Client.DefaultRequestHeaders.Authorization}\r\n";

    private static string Shown(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 3000));
        return text.Length > 1500 ? text[..1500] + "…" : text;
    }
}
