using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Runnel.Server.Tests.Cluster.Machines;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster;

/// <summary>What <c>deploy/nginx</c> does with requests, by the real nginx before servers that a test plays.</summary>
public sealed class ProxyConfigurationTests : IAsyncDisposable
{
    private const string Send = "/api/v1/conversations/send";
    private const string Stream = "/api/v1/conversations/stream";

    private readonly List<IAsyncDisposable> _started = [];
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARequestThatOneNodeCannotDoNow_IsDoneByAnother()
    {
        var (draining, alive) = (await NodeAsync(503), await NodeAsync(202));
        var nginx = await NginxAsync(draining, alive);

        for (var time = 0; time < 4; time++)
        {
            using var sent = await _client.PostAsync(new Uri(nginx.Address, Send), new StringContent($"message {time}"), Token);
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            using var opened = await GetAsync(nginx, Stream, "Bearer x");
            Assert.Equal(HttpStatusCode.Accepted, opened.StatusCode);
        }

        Assert.NotEmpty(draining.Requests);
        Assert.Equal(4, alive.Requests.Count(request => request.StartsWith("POST " + Send + " message", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhileNoNodeCanDoIt_TheClientGetsTheirAnswer_AndWhenToComeBack()
    {
        var nginx = await NginxAsync(await NodeAsync(503), await NodeAsync(503), await NodeAsync(503));

        for (var time = 0; time < 3; time++)
        {
            using var refused = await _client.PostAsync(new Uri(nginx.Address, Send), new StringContent("message"), Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("7", refused.Headers.GetValues("Retry-After").Single());
            Assert.StartsWith("POST 127.0.0.1 http", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Send)]
    [InlineData("/api/v1/auth/refresh")]
    public async Task WhatMayHaveBeenDone_IsNotDoneAgain(string path)
    {
        RequestDelegate die = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        var (first, second) = (await NodeAsync(die), await NodeAsync(die));
        var nginx = await NginxAsync(first, second);

        using var broken = await _client.PostAsync(new Uri(nginx.Address, path), new StringContent("once"), Token);

        await IsAwayAsync(broken);
        Assert.Single(first.Requests.Concat(second.Requests));
    }

    [Fact]
    public async Task ANodeThatIsGone_IsNotNoticed()
    {
        var (gone, alive) = (await NodeAsync(200), await NodeAsync(200));
        var nginx = await NginxAsync(gone, alive);
        await gone.DisposeAsync();

        for (var time = 0; time < 6; time++)
        {
            using var sent = await _client.PostAsync(new Uri(nginx.Address, Send), new StringContent("message"), Token);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        Assert.Equal(6, alive.Requests.Count);
    }

    [Fact]
    public async Task WhileNoNodeIsThere_AnEventSourceIsToldToComeBack_AndEverybodyElseGetsAProblem()
    {
        var gone = await NodeAsync(200);
        var nginx = await NginxAsync(gone);
        await gone.DisposeAsync();

        using var source = await GetAsync(nginx, Stream + "?ticket=secret");
        using var reader = await SseReader.OfAsync(source);
        Assert.Equal("server_busy", (await reader.NextAsync("server_busy")).Text("code"));
        Assert.Null(await reader.TryNextAsync());
        using var fetched = await GetAsync(nginx, Stream, "Bearer x");
        await IsAwayAsync(fetched);
        using var other = await GetAsync(nginx, "/api/v1/models");
        await IsAwayAsync(other);
        Assert.Contains($"\"GET {Stream} HTTP/1.1\" 200", nginx.AccessLog, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", nginx.AccessLog + nginx.ErrorLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereAClientComesFrom_IsWhatTheProxySaw_NotWhatTheClientSays()
    {
        var nginx = await NginxAsync(await NodeAsync(200));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Address, "/api/v1/models"));
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await _client.SendAsync(request, Token);

        Assert.Equal($"GET 127.0.0.1 http {nginx.Address.Authority}", await answer.Content.ReadAsStringAsync(Token));
        using var metrics = await GetAsync(nginx, "/metrics");
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
    }

    [Fact]
    public async Task OverTls_AStreamComesAsItIsWritten_AndOutlivesAReload()
    {
        var more = new TaskCompletionSource();
        var node = await NodeAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync($"data: {http.Request.Headers["X-Forwarded-Proto"]}\n\n");
            await more.Task;
            await http.Response.WriteAsync("data: more\n\n");
        });
        using var certificate = new NginxCertificate();
        var nginx = await ShippedNginx.StartAsync([node.Address], certificate);
        _started.Add(nginx);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Is(shown) },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Address, Stream)) { Version = HttpVersion.Version20 };

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("data: https", await lines.ReadLineAsync(Token));
        await nginx.ReloadAsync();
        more.SetResult();
        Assert.Equal("\ndata: more\n\n", await lines.ReadToEndAsync(Token));

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
        using var plain = await _client.GetAsync(new Uri(nginx.PlainAddress, "/login?next=1"), Token);
        Assert.Equal("https://127.0.0.1/login?next=1", plain.Headers.Location?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var started in Enumerable.Reverse(_started))
            await started.DisposeAsync();
    }

    private static async Task IsAwayAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        var problem = await answer.JsonAsync();
        Assert.Equal("bad_gateway", problem.Text("code"));
        Assert.Equal(32, problem.Text("trace_id").Length);
    }

    private async Task<HttpResponseMessage> GetAsync(ShippedNginx nginx, string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Address, path));
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private async Task<ShippedNginx> NginxAsync(params PuppetNode[] nodes)
    {
        var nginx = await ShippedNginx.StartAsync([.. nodes.Select(node => node.Address)]);
        _started.Add(nginx);
        return nginx;
    }

    private Task<PuppetNode> NodeAsync(int status) => KeptAsync(PuppetNode.StartAsync(status));

    private Task<PuppetNode> NodeAsync(RequestDelegate answer) => KeptAsync(PuppetNode.StartAsync(answer));

    private async Task<PuppetNode> KeptAsync(Task<PuppetNode> starting)
    {
        var node = await starting;
        _started.Add(node);
        return node;
    }
}
