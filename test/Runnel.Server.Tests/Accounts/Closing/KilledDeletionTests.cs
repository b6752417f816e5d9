using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts.Closing;

/// <summary>The real process, killed in the middle of the deletion of an account.</summary>
public class KilledDeletionTests
{
    private const string Secret = "Do not keep this sentence";
    private const int Conversations = 120;

    private static readonly string[] Owned =
    [
        "select count(*) from users", "select count(*) from sessions", "select count(*) from api_keys",
        "select count(*) from conversations", "select count(*) from messages", "select count(*) from turns",
        "select count(*) from streams",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Conversations)]
    [InlineData(Conversations / 2)]
    [InlineData(Conversations / 4)]
    public async Task DeletionOfAnAccount_IsFinishedAtTheNextStart_WhenItsProcessIsKilled(int left)
    {
        await using var server = await LivingServer.StartAsync();
        using var key = await server.Speaker.PostAsync(new { name = "program" }, "/api/v1/auth/api-keys");
        for (var i = 1; i < Conversations; i++)
            await server.Speaker.CreateAsync(Secret);
        var held = server.Upstream.Hold();
        await server.Speaker.SendAsync(Secret);
        await held.Begun;

        await KillInTheMiddleAsync(server, left);
        await server.StartAgainAsync();

        using var client = new HttpClient { BaseAddress = server.Speaker.Client.BaseAddress };
        using var login = await client.PostAsJsonAsync("/api/v1/auth/login", Credentials, Token);
        await login.ProblemAsync(401, "wrong_credentials");
        using var back = await server.Speaker.Client.GetAsync(new Uri("/api/v1/auth/me", UriKind.Relative), Token);
        await back.ProblemAsync(401, "unauthenticated");
        await using (var database = await OpenAsync(server))
            Assert.All(Owned, sql => Assert.Equal(0, Ask(database, sql)));
        var directory = Path.GetDirectoryName(server.DatabaseFile)!;
        await DatabaseFiles.UntilErasedAsync(directory, Secret);
        await DatabaseFiles.UntilErasedAsync(directory, "somebody@example.org");
        using var again = await client.PostAsJsonAsync("/api/v1/auth/register", Credentials, Token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static object Credentials => new { email = "somebody@example.org", password = SignedInClient.Password };

    /// <summary>Kills it when the account is closed and so many of its conversations, or fewer, are left.</summary>
    private static async Task KillInTheMiddleAsync(LivingServer server, int left)
    {
        await using var database = await OpenAsync(server);
        Ask(database, "pragma busy_timeout = 30000");
        var deleting = server.Speaker.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, "/api/v1/auth/me") { Content = JsonContent.Create(Credentials) }, Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (Ask(database, "select count(*) from users where closed_at is not null") == 1
                && Ask(database, "select count(*) from conversations") <= left)
                break;
            await Task.Yield();
        }

        // Whoever writes waits for us from now on, so that it stays in the middle until it is dead.
        Ask(database, "begin immediate; select 0");
        Assert.InRange(Ask(database, "select count(*) from conversations"), 1, left);

        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        Ask(database, "rollback; select 0");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => deleting);
    }

    private static async Task<SqliteConnection> OpenAsync(LivingServer server)
    {
        var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Token);
        return connection;
    }

    private static long Ask(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
