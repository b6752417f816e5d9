using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts.Keys;

public class ApiKeyTests(Talk talk) : IClassFixture<Talk>
{
    private const string Keys = "/api/v1/auth/api-keys";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_OpensTheWholeApi_AsItsOwner()
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        var (_, key) = await MakeAsync(anna);
        using var program = With(key);
        var speaker = new Speaker(program);

        var thread = await speaker.CreateAsync("by the program");
        await speaker.SayAsync("hello", thread);
        var me = await speaker.GetAsync("/api/v1/auth/me");

        Assert.Equal(anna.Email, me.GetProperty("user").Text("email"));
        Assert.Single((await new Speaker(anna.Client).GetAsync(Speaker.Api)).Items());
    }

    [Theory]
    [InlineData("GET", "/api/v1/auth/sessions")]
    [InlineData("DELETE", "/api/v1/auth/sessions/any")]
    [InlineData("POST", Keys)]
    [InlineData("GET", Keys)]
    [InlineData("DELETE", Keys + "/any")]
    [InlineData("POST", "/api/v1/auth/password")]
    [InlineData("DELETE", "/api/v1/auth/me")]
    public async Task Key_CannotChangeTheAccount(string method, string path)
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        using var program = With((await MakeAsync(anna)).Key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = JsonContent.Create(new { name = "n", password = SignedInClient.Password });

        using var answer = await program.SendAsync(request, Token);

        await answer.ProblemAsync(403, "not_for_api_keys");
        Assert.Single((await new Speaker(anna.Client).GetAsync(Keys)).Items());
    }

    [Fact]
    public async Task Key_IsShownOnce_AndStandsNowhere()
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        var (id, key) = await MakeAsync(anna, "  backup \n job ");

        var listed = (await new Speaker(anna.Client).GetAsync(Keys)).Items().Single();

        Assert.StartsWith("rk_", key, StringComparison.Ordinal);
        Assert.Equal(46, key.Length);
        Assert.Equal(id, listed.Text("key_id"));
        Assert.Equal("backup job", listed.Text("name"));
        Assert.Equal(key[^4..], listed.Text("hint"));
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("seen_at").ValueKind);
        Assert.False(listed.TryGetProperty("key", out _));
        foreach (var file in Directory.EnumerateFiles(talk.Server.DataDirectory, "runnel.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key, await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RevokedKey_IsWorthNothingAtOnce_AndItsStreamsEnd()
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        var (id, key) = await MakeAsync(anna);
        using var program = With(key);
        using var stream = await new Speaker(program).FollowAllAsync();
        await stream.NextAsync("connected");

        using var revoked = await anna.DeleteAsync($"{Keys}/{id}");
        using var again = await anna.DeleteAsync($"{Keys}/{id}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await again.ProblemAsync(404, "api_key_not_found");
        Assert.Empty(await stream.ToEndAsync());
        using var back = await program.GetAsync("/api/v1/conversations", Token);
        await back.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Key_EndsWithinFiveSeconds_WhenSomebodyElseRevokesItInTheDatabase()
    {
        var time = new FakeTime();
        await using var server = await RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var anna = await SignedInClient.RegisterAsync(server);
        var (_, key) = await MakeAsync(anna);
        using var program = server.NewClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using (var good = await program.GetAsync("/api/v1/models", Token))
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database.ExecuteSqlRawAsync(
                "update api_keys set revoked_at = made_at", Token);
        }

        time.Advance(TimeSpan.FromSeconds(5));

        using var answer = await program.GetAsync("/api/v1/models", Token);
        await answer.ProblemAsync(401, "unauthenticated");
        Assert.Equal(1, server.Services.GetRequiredService<KnownKeys>().Count);
    }

    [Fact]
    public async Task KeyOfAnother_IsAsIfItWereNotThere()
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        using var other = await SignedInClient.RegisterAsync(talk.Server);
        var (id, key) = await MakeAsync(anna);

        using var answer = await other.DeleteAsync($"{Keys}/{id}");
        using var program = With(key);
        using var works = await program.GetAsync("/api/v1/models", Token);

        await answer.ProblemAsync(404, "api_key_not_found");
        Assert.Empty((await new Speaker(other.Client).GetAsync(Keys)).Items());
        Assert.Equal(HttpStatusCode.OK, works.StatusCode);
    }

    [Theory]
    [InlineData("rk_")]
    [InlineData("rk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("other case")]
    [InlineData("cut")]
    [InlineData("longer")]
    public async Task Key_IsRefused_WhenItIsNone(string text)
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        var (_, key) = await MakeAsync(anna);
        using var program = With(text switch
        {
            "other case" => "rk_" + Swapped(key[3..]),
            "cut" => key[..^1],
            "longer" => key + "A",
            _ => text,
        });

        using var answer = await program.GetAsync("/api/v1/models", Token);

        await answer.ProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("long")]
    public async Task Key_NeedsAName(string? name)
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);

        using var answer = await anna.Client.PostAsJsonAsync(
            Keys, new { name = name == "long" ? new string('x', 101) : name }, Token);

        await answer.ProblemAsync(422, "invalid_name");
    }

    [Fact]
    public async Task Keys_AreAHundredAtMost()
    {
        using var anna = await SignedInClient.RegisterAsync(talk.Server);
        var first = (await MakeAsync(anna)).Id;
        for (var number = 1; number < 100; number++)
            await MakeAsync(anna);

        using (var refused = await anna.Client.PostAsJsonAsync(Keys, new { name = "more" }, Token))
            await refused.ProblemAsync(409, "too_many_api_keys");
        using var revoked = await anna.DeleteAsync($"{Keys}/{first}");
        await MakeAsync(anna);
    }

    private static async Task<(string Id, string Key)> MakeAsync(SignedInClient client, string name = "program")
    {
        using var answer = await client.Client.PostAsJsonAsync(Keys, new { name }, Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.JsonAsync();
        return (made.Text("key_id"), made.Text("key"));
    }

    private static string Swapped(string text) => string.Concat(
        text.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    private HttpClient With(string key)
    {
        var client = talk.Server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
