using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Runnel.Server.Auditing;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auditing;

/// <summary>What happened to accounts and keys can be found in the log, by ids and without anybody's words.</summary>
public class AuditLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_HasEveryEvent_AndNoSecretOrAddressOfAPerson()
    {
        using var log = new CapturedLog();
        var time = new FakeTime();
        await using var server = await RunnelServer.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Logging.AddFilter<CapturedLog>(typeof(AuditLog).FullName, LogLevel.Trace);
                Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(
                    builder.Services, time);
            },
            "Limits:FailedLoginsPerMinute=3");
        using var anna = await SignedInClient.RegisterAsync(server, "anna-who-is-it@example.org");
        using var phone = await anna.LoginAgainAsync(server);
        await LoginAsync(server, anna.Email, "wrong-password-1");
        await LoginAsync(server, "nobody-knows@example.org", "wrong-password-2");
        var used = phone.RefreshToken;
        using (var refreshed = await phone.RefreshAsync())
            phone.Use(await refreshed.JsonAsync());
        time.Advance(TimeSpan.FromSeconds(20));
        using var reused = await phone.RefreshAsync(used);
        using var made = await anna.Client.PostAsJsonAsync("/api/v1/auth/api-keys", new { name = "key-name-text" }, Token);
        var key = await made.JsonAsync();
        using var revoked = await anna.DeleteAsync("/api/v1/auth/api-keys/" + key.Text("key_id"));
        using var changed = await anna.Client.PostAsJsonAsync(
            "/api/v1/auth/password", new { current_password = SignedInClient.Password, new_password = "new-secret-9" }, Token);
        anna.Use(await changed.JsonAsync());
        using (var third = await anna.LoginAgainAsync(server, "new-secret-9"))
            await anna.DeleteAsync("/api/v1/auth/sessions/" + await third.SessionIdAsync());
        using var deleted = await anna.DeleteAsync("/api/v1/auth/me", new { password = "new-secret-9" });
        for (var guess = 0; guess < 4; guess++)
            await LoginAsync(server, anna.Email, "wrong-password-3");

        var lines = log.Lines.Where(line => line.Category == typeof(AuditLog).FullName).ToList();

        Assert.Equal(
            Enumerable.Range(1, 11),
            lines.Select(line => line.Id.Id).Distinct().Order());
        Assert.All(
            ["anna-who", "nobody-knows", "wrong-password", "new-secret", "key-name-text", key.Text("key"), used],
            secret => Assert.DoesNotContain(lines, line => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(lines, line => line.Id.Id == 7 && line.Text.Contains(key.Text("key_id"), StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Id.Id == 2 && line.Text.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    private static async Task LoginAsync(RunnelServer server, string email, string password)
    {
        using var answer = await server.Client.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, Token);
        Assert.False(answer.IsSuccessStatusCode);
    }
}
