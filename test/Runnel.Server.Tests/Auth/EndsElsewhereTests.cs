using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Testing;

namespace Runnel.Server.Tests.Auth;

/// <summary>What another process writes into the database ends streams that are open here.</summary>
public class EndsElsewhereTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update sessions set revoked_at = made_at where user_id = @user")]
    [InlineData("update sessions set expires_at = made_at where user_id = @user")]
    [InlineData("delete from sessions where user_id = @user")]
    public async Task Streams_EndWithinFiveSeconds_WhenTheirSessionIsEndedInTheDatabase_AndThoseOfOthersGoOn(string sql)
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var other = await SignedInClient.RegisterAsync(server);
        var thread = await new Speaker(anna.Client).CreateAsync();
        using var all = await OpenedAsync(anna.Client, Speaker.Api + "/stream");
        using var one = await OpenedAsync(anna.Client, $"{Speaker.Api}/{thread}/stream");
        using var others = await OpenedAsync(other.Client, Speaker.Api + "/stream");

        await ExecuteAsync(server, sql, await IdAsync(anna.Client));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await all.ToEndAsync());
        Assert.Empty(await one.ToEndAsync());
        await new Speaker(other.Client).SendAsync("hello");
        await others.NextAsync("user_message");
    }

    [Fact]
    public async Task StreamOfAKey_EndsWithinFiveSeconds_WhenItIsRevokedInTheDatabase()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var made = await anna.Client.PostAsJsonAsync("/api/v1/auth/api-keys", new { name = "program" }, Token);
        using var program = server.NewClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await made.JsonAsync()).Text("key"));
        using var stream = await OpenedAsync(program, Speaker.Api + "/stream");
        using var own = await OpenedAsync(anna.Client, Speaker.Api + "/stream");

        await ExecuteAsync(server, "update api_keys set revoked_at = made_at where user_id = @user", await IdAsync(anna.Client));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await stream.ToEndAsync());
        await new Speaker(anna.Client).SendAsync("hello");
        await own.NextAsync("user_message");
    }

    [Fact]
    public async Task Streams_GoOn_WhileNothingHasEnded()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var stream = await OpenedAsync(anna.Client, Speaker.Api + "/stream");

        for (var second = 0; second < 10; second++)
            _time.Advance(TimeSpan.FromSeconds(1));

        await new Speaker(anna.Client).SendAsync("hello");
        await stream.NextAsync("user_message");
    }

    private static async Task<SseReader> OpenedAsync(HttpClient client, string path)
    {
        var stream = await new Speaker(client).OpenAsync(path);
        await stream.NextAsync("connected");
        return stream;
    }

    private static async Task<string> IdAsync(HttpClient client) =>
        (await new Speaker(client).GetAsync("/api/v1/auth/me")).GetProperty("user").Text("id");

    /// <summary>As another process would.</summary>
    private static async Task ExecuteAsync(RunnelServer server, string sql, string userId)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "runnel.db")};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("@user", userId);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Token));
    }

    private Task<RunnelServer> StartAsync() => RunnelServer.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(_time), "Shutdown:GraceSeconds=0");
}
