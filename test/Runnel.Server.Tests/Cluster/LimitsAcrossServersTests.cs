using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster;

/// <summary>What a user may do is what they may do at all servers together.</summary>
public sealed class LimitsAcrossServersTests(TwoServers servers) : IClassFixture<TwoServers>
{
    private static readonly Uri Me = new("/api/v1/auth/me", UriKind.Relative);
    private static readonly Uri Stream = new(Speaker.Api + "/stream", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunningTurns_AreCountedTogether()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        var (one, other) = (new Speaker(atOne), new Speaker(atOther));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => (i % 2 == 0 ? one : other).PostAsync(new { message = "[[tokens=2000 delay=50ms]]" })));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].StatusCode == HttpStatusCode.Accepted)
                await (i % 2 == 0 ? one : other).StopAsync((await answers[i].JsonAsync()).Text("thread_id"));
        }
    }

    [Fact]
    public async Task OpenStreams_AreCountedTogether_AndAPlaceIsFreeOnceAStreamClosesAtTheOtherServer()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => OpenAsync(i % 2 == 0 ? atOne : atOther)));
        var open = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ToList();
        Assert.Equal(3, open.Count);
        foreach (var client in new[] { atOne, atOther })
        {
            using var refused = await OpenAsync(client);
            await refused.ProblemAsync(429, "too_many_streams");
        }

        open[0].Dispose();
        using var again = await UntilThereIsRoomAsync(atOther);
        using var full = await OpenAsync(atOne);
        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        open.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task FailedSignIns_AreCountedExactly_HoweverManyComeAtOnce()
    {
        var user = $"{Guid.NewGuid():N}@example.org";
        using var registered = await servers.One.Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = user, password = SignedInClient.Password }, Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SignInAsync(i, user, "wrong")));

        Assert.Equal(4, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(16, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        await servers.ExecuteAsync("update failed_logins set at = at - interval '61 seconds'");
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.OK, await SignInAsync(i, user, SignedInClient.Password));
    }

    [Fact]
    public async Task WhoHasUsedUpTheirRequestsAtOneServer_HasFewLeftAtTheOther()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        Assert.True(await CountAsync(atOne) >= TwoServers.Requests);

        Assert.InRange(await CountAsync(atOther), 0, TwoServers.Requests * 3 / 4);
    }

    /// <summary>How many requests somebody can make at once.</summary>
    private static async Task<int> CountAsync(HttpClient client)
    {
        for (var count = 0; ; count++)
        {
            using var answer = await client.GetAsync(Me, Token);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return count;
        }
    }

    private async Task<HttpStatusCode> SignInAsync(int i, string email, string password)
    {
        using var answer = await (i % 2 == 0 ? servers.One : servers.Other).Client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email, password }, Token);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient client) =>
        client.GetAsync(Stream, HttpCompletionOption.ResponseHeadersRead, Token);

    /// <summary>The other server notices a moment later that a client has left.</summary>
    private static async Task<HttpResponseMessage> UntilThereIsRoomAsync(HttpClient client)
    {
        while (true)
        {
            var answer = await OpenAsync(client);
            if (answer.StatusCode == HttpStatusCode.OK)
                return answer;
            answer.Dispose();
        }
    }
}
