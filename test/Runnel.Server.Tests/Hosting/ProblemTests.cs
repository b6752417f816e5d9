using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Hosting;

public class ProblemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/api/v1/nowhere", 404, "not_found")]
    [InlineData("POST", "/health/live", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/auth/login", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/auth/me", 401, "unauthenticated")]
    [InlineData("POST", "/api/v1/auth/login", 415, "unsupported_media_type")]
    public async Task Framework_RefusesAsAProblem_LikeEverybodyElse(string verb, string path, int status, string code)
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        if (verb == "POST")
            request.Content = new StringContent("email=a", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await server.Client.SendAsync(request, Token);

        await answer.ProblemAsync(status, code);
    }

    [Theory]
    [InlineData("{\"email\": 1}", "email")]
    [InlineData("{\"email\": \"a@b.example\", \"password\": {}}", "password")]
    [InlineData("{\"email\": ", "email")]
    [InlineData("[]", "JSON object")]
    [InlineData("nonsense", "JSON object")]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    public async Task Body_IsRefusedByName_WhenItCannotBeRead(string body, string named)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await server.Client.PostAsync(
            "/api/v1/auth/login", new StringContent(body, Encoding.UTF8, "application/json"), Token);

        var problem = await answer.ProblemAsync(400, "malformed_body");
        Assert.Contains(named, problem.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Runnel", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_IsRead_WhenItHasFieldsThatNobodyKnows()
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await server.Client.PostAsJsonAsync("/api/v1/auth/register",
            new { email = "a@b.example", password = "12345678", colour = "red" }, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_IsRefused_WhenItIsLargerThanTheLimit(bool chunked)
    {
        await using var server = await RunnelServer.StartAsync("Limits:BodyBytes=2048");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = JsonContent.Create(new { email = new string('a', 4096), password = "" }),
        };
        request.Headers.TransferEncodingChunked = chunked;
        if (!chunked)
            await request.Content.LoadIntoBufferAsync(Token);

        using var answer = await server.Client.SendAsync(request, Token);

        await answer.ProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task Exception_StaysInside_WhenNobodyExpectedIt()
    {
        await using var server = await ThrowingAsync(new InvalidOperationException("secret of the database"));

        using var answer = await RegisterAsync(server);

        var problem = await answer.ProblemAsync(500, "internal");
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_IsReportedAsAway_WithATimeToTryAgain(bool underEf)
    {
        const int Full = 13;
        await using var server = await ThrowingAsync(underEf
            ? new DbUpdateException("secret", new SqliteException("/secret/path is full", Full))
            : new StoreUnavailableException("/secret/path is full"));

        using var answer = await RegisterAsync(server);

        var problem = await answer.ProblemAsync(503, "store_unavailable");
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    private static Task<RunnelServer> ThrowingAsync(Exception exception) => RunnelServer.StartAsync(
        builder => builder.Services.AddScoped<IPasswordHasher<Account>>(_ => throw exception));

    private static Task<HttpResponseMessage> RegisterAsync(RunnelServer server) => server.Client.PostAsJsonAsync(
        "/api/v1/auth/register", new { email = "a@b.example", password = "12345678" }, Token);
}
