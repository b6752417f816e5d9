using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts;

public class RegisterTests
{
    private const string Path = "/api/v1/auth/register";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newcomer_GetsTokens_AndIsKnownByThem()
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await RegisterAsync(server, " anna@example.org ", "12345678");
        var tokens = await answer.JsonAsync();
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + tokens.Text("access_token"));
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/auth/me", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Bearer", tokens.Text("token_type"));
        Assert.Equal(3600, tokens.GetProperty("expires_in").GetInt32());
        Assert.NotEmpty(tokens.Text("refresh_token"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("anna@example.org", me.GetProperty("user").Text("email"));
        Assert.NotEmpty(me.GetProperty("user").Text("id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@")]
    [InlineData("@example.org")]
    [InlineData("an na@example.org")]
    [InlineData("Anna <anna@example.org>")]
    [InlineData("anna@example.org, otto@example.org")]
    [InlineData("anna\u0000@example.org")]
    public async Task Address_IsRefused_WhenItLooksLikeNone(string email)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await RegisterAsync(server, email, "12345678");

        await answer.ProblemAsync(422, "invalid_email");
    }

    [Fact]
    public async Task Address_IsRefused_WhenItIsMissing()
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await server.Client.PostAsJsonAsync(Path, new { password = "12345678" }, Token);

        await answer.ProblemAsync(422, "invalid_email");
    }

    [Theory]
    [InlineData("müller@example.org")]
    [InlineData("o'neil+tag@example.org")]
    [InlineData("root@localhost")]
    public async Task Address_IsTaken_WhenItIsUnusual(string email)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await RegisterAsync(server, email, "12345678");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("1234567", false)]
    [InlineData("", false)]
    [InlineData("aaaaaaaa", true)]
    [InlineData("        ", true)]
    public async Task Password_IsJudgedByItsLengthAlone(string password, bool good)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await RegisterAsync(server, "anna@example.org", password);

        if (good)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            await answer.ProblemAsync(422, "weak_password");
    }

    [Fact]
    public async Task Address_IsTakenOnce_InWhateverCase()
    {
        await using var server = await RunnelServer.StartAsync();
        using var first = await RegisterAsync(server, "anna@example.org", "12345678");

        using var second = await RegisterAsync(server, "Anna@Example.org", "87654321");

        await second.ProblemAsync(409, "email_taken");
    }

    [Fact]
    public async Task Address_IsTakenOnce_WhenManyWantItAtTheSameTime()
    {
        await using var server = await RunnelServer.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => RegisterAsync(server, "anna@example.org", "12345678")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Nobody_Registers_WhenRegistrationIsClosed()
    {
        await using var server = await RunnelServer.StartAsync("Auth:AllowRegistration=false");

        using var answer = await RegisterAsync(server, "anna@example.org", "12345678");
        var setup = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/setup", Token);

        await answer.ProblemAsync(403, "registration_closed");
        Assert.False(setup.GetProperty("registration_open").GetBoolean());
        Assert.True(setup.GetProperty("first_run").GetBoolean());
    }

    [Fact]
    public async Task FirstRun_IsOver_WhenSomebodyHasRegistered()
    {
        await using var server = await RunnelServer.StartAsync();
        var before = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/setup", Token);
        using var client = await server.NewUserAsync();

        var after = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/setup", Token);

        Assert.True(before.GetProperty("first_run").GetBoolean());
        Assert.True(before.GetProperty("registration_open").GetBoolean());
        Assert.False(after.GetProperty("first_run").GetBoolean());
    }

    private static Task<HttpResponseMessage> RegisterAsync(RunnelServer server, string email, string password) =>
        server.Client.PostAsJsonAsync(Path, new { email, password }, Token);
}
