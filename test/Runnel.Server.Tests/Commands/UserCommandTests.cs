using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Commands;

/// <summary><c>Runnel.Server user add</c>, as an operator types it.</summary>
public sealed class UserCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Account_IsMade_WithThePasswordOfTheInput_AndTheFirstIsAdministrator()
    {
        var (code, output, error) = await RunAsync("correct horse\n", "user", "add", "anna@example.org");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal("Made the account anna@example.org, an administrator.\n", output);
        await using var server = await StartAsync();
        Assert.True(await LoginAsync(server, "anna@example.org", "correct horse"));
    }

    [Fact]
    public async Task Password_IsMadeUpAndShown_WhenNoneIsGiven_AndFurtherAccountsAreAsTheyAreAskedFor()
    {
        await RunAsync("correct horse\n", "user", "add", "first@example.org");
        var plain = await RunAsync("", "user", "add", "otto@example.org");
        var chief = await RunAsync("", "user", "add", "chief@example.org", "--admin");

        await using var server = await StartAsync();

        Assert.StartsWith("Made the account otto@example.org.\n", plain.Output, StringComparison.Ordinal);
        Assert.StartsWith("Made the account chief@example.org, an administrator.\n", chief.Output, StringComparison.Ordinal);
        Assert.False(await LoginAsync(server, "otto@example.org", PasswordIn(plain.Output)));
        Assert.True(await LoginAsync(server, "chief@example.org", PasswordIn(chief.Output)));
    }

    [Theory]
    [InlineData("correct horse", "Usage: ", "user")]
    [InlineData("correct horse", "Usage: ", "user", "add")]
    [InlineData("correct horse", "Usage: ", "user", "add", "no address")]
    [InlineData("correct horse", "Usage: ", "user", "remove", "anna@example.org")]
    [InlineData("short", "Give a password of at least 8 characters.", "user", "add", "anna@example.org")]
    public async Task Command_SaysInOneLine_WhatIsWrong(string input, string line, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(input + "\n", arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(line, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Account_IsMadeOnce()
    {
        await RunAsync("correct horse\n", "user", "add", "anna@example.org");

        var (code, _, error) = await RunAsync("correct horse\n", "user", "add", "ANNA@example.org");

        Assert.Equal((2, "There is an account ANNA@example.org already.\n"), (code, error));
    }

    [Fact]
    public async Task Command_AsksToStopTheServer_ThatHasTheData()
    {
        await using var server = await StartAsync();

        var (code, _, error) = await RunAsync("correct horse\n", "user", "add", "anna@example.org");

        Assert.Equal(1, code);
        Assert.Contains("is in use by another process. Stop it", error, StringComparison.Ordinal);
    }

    private static string PasswordIn(string output) => output.TrimEnd().Split(' ')[^1];

    /// <summary>Whether who signs in is an administrator.</summary>
    private static async Task<bool> LoginAsync(RunnelProcess server, string email, string password)
    {
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        using var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await answer.JsonAsync()).Text("access_token"));
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/auth/me", Token);
        return me.GetProperty("user").GetProperty("is_administrator").GetBoolean();
    }

    private async Task<RunnelProcess> StartAsync()
    {
        var server = RunnelProcess.Start(_directory.Path, "--Urls=http://127.0.0.1:0", "--Models:Discover=false");
        await server.ListeningAsync();
        return server;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        await using var command = RunnelProcess.StartWithInput(
            _directory.Path, input, [], [.. arguments, "--Auth:PasswordIterations=1000"]);
        return (await command.ExitAsync(), command.Output, command.Error);
    }
}
