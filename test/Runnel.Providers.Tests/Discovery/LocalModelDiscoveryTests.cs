using Runnel.Fakes;
using Runnel.Providers.Discovery;
using Runnel.Providers.OpenAI;

namespace Runnel.Providers.Tests.Discovery;

public class LocalModelDiscoveryTests
{
    private static readonly LocalModelCandidate Dead = new("dead", new Uri("http://127.0.0.1:1/v1"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstServer_WithAChatModel_IsFound()
    {
        await using var embedder = await FakeUpstream.StartAsync();
        await using var server = await FakeUpstream.StartAsync();
        embedder.Models = ["nomic-embed-text"];
        server.Models = ["text-Embedding-3", "llama3.2", "qwen3"];
        var url = new Uri(server.BaseUrl + "/");
        var found = await FindAsync(Dead, new("embedder", new Uri(embedder.BaseUrl)), new("server", url));
        Assert.Equal(new LocalModelServer("server", url, "llama3.2"), found);
    }

    [Fact]
    public async Task DeadOrEmptyServers_AreNotFound()
    {
        await using var empty = await FakeUpstream.StartAsync();
        empty.Models = [];
        Assert.Null(await FindAsync(Dead, new("empty", new Uri(empty.BaseUrl)), new("nowhere", new Uri(empty.BaseUrl + "/x"))));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"data":3}""")]
    [InlineData("""{"data":[1,{"id":null},{}]}""")]
    public async Task StrangeServer_IsPassedOver(string body)
    {
        using var http = new HttpClient(new StrangeServer(body));
        Assert.Null(await new LocalModelDiscovery(http, [Dead]).FindAsync(Cancellation));
    }

    [Fact]
    public async Task SilentServer_IsPassedOver()
    {
        using var http = new HttpClient(new StrangeServer(null));
        Assert.Null(await new LocalModelDiscovery(http, [Dead]).FindAsync(Cancellation));
    }

    [Fact]
    public async Task Cancelling_IsNotSwallowed()
    {
        using var http = new HttpClient(new StrangeServer(null));
        using var stop = new CancellationTokenSource();
        var finding = new LocalModelDiscovery(http, [Dead]).FindAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    private static async Task<LocalModelServer?> FindAsync(params LocalModelCandidate[] candidates)
    {
        using var http = UpstreamHttp.Create();
        return await new LocalModelDiscovery(http, candidates).FindAsync(Cancellation);
    }

    private sealed class StrangeServer(string? body) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (body is not null) return new HttpResponseMessage { Content = new StringContent(body) };
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Nobody waits that long.");
        }
    }
}
