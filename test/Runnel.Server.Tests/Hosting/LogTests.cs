using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Hosting;

public class LogTests
{
    private const string Text = "zanzibar-message";
    private const string Password = "zanzibar-password";
    private const string MetricsToken = "zanzibar-metrics-token";

    /// <summary>As in the settings file that the server ships with; other tests are silent.</summary>
    private static readonly string[] DefaultLevels =
    [
        "Logging:LogLevel:Default=Information", "Logging:LogLevel:Microsoft.AspNetCore=Warning",
        "Logging:LogLevel:Microsoft.AspNetCore.DataProtection=Error", "Logging:LogLevel:Microsoft.EntityFrameworkCore=Warning",
        "Metrics:Token=" + MetricsToken,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_HasNoTextAndNoSecret_WhateverGoesWrong()
    {
        using var log = new CapturedLog();
        await using var server = await RunnelServer.StartAsync(builder => Capture(builder, log), DefaultLevels);
        var registration = new { email = "log@example.org", password = Password };
        using var registered = await server.Client.PostAsJsonAsync("/api/v1/auth/register", registration, Token);
        using var again = await server.Client.PostAsJsonAsync("/api/v1/auth/register", registration, Token);
        using var wrong = await server.Client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = "log@example.org", password = Password + "!" }, Token);
        using var user = server.NewClient();
        user.DefaultRequestHeaders.Authorization = new("Bearer", (await registered.JsonAsync()).Text("access_token"));

        using var answered = await user.PostAsJsonAsync("/api/v1/conversations/new/stream", new { message = Text }, Token);
        Assert.Contains(Text, await answered.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var malformed = await user.PostAsync(
            "/api/v1/conversations/send", new StringContent("{\"message\": \"" + Text, Encoding.UTF8, "application/json"), Token);
        Break(server);
        using var broken = await user.PostAsJsonAsync("/api/v1/conversations/send", new { message = Text }, Token);
        Assert.Equal(500, (int)broken.StatusCode);

        Assert.Contains(log.Lines, line => line.Category.EndsWith("ExceptionProblems", StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain("zanzibar", line.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Line_HasAnIdOfItsOwn_WhenItIsOurs()
    {
        using var log = new CapturedLog();
        await using var server = await RunnelServer.StartAsync(builder => Capture(builder, log), DefaultLevels);
        using var user = await server.NewUserAsync();
        Break(server);
        using var broken = await user.PostAsJsonAsync("/api/v1/conversations/send", new { message = Text }, Token);

        var ours = log.Lines.Where(line => line.Category.StartsWith("Runnel.", StringComparison.Ordinal)).ToList();
        Assert.Contains(ours, line => line.Id is { Id: 1, Name: "LogUnhandled" });
        Assert.All(ours, line => Assert.InRange(line.Id.Id, 1, 99));
    }

    private static void Capture(WebApplicationBuilder builder, CapturedLog log) =>
        builder.Logging.ClearProviders().AddProvider(log);

    /// <summary>Takes away a table, so that what is sent fails with everything in hand.</summary>
    private static void Break(RunnelServer server)
    {
        using var connection = server.Services.GetRequiredService<SqliteDatabase>().Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "alter table messages rename to lost";
        command.ExecuteNonQuery();
    }
}
