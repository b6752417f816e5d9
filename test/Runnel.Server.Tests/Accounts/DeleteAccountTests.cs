using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts;

public class DeleteAccountTests
{
    private const string Path = "/api/v1/auth/me";
    private const string Secret = "Do not keep this sentence";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_GoesWithAllThatIsItsOwners_InTheMiddleOfAnAnswer_AndItsTextIsInNoFile()
    {
        await using var talk = await Talk.StartAsync();
        var server = talk.Server;
        using var anna = await SignedInClient.RegisterAsync(server, "anna@example.org");
        using var phone = await anna.LoginAgainAsync(server);
        var speaker = new Speaker(anna.Client);
        await speaker.SayAsync(Secret);
        var thread = await speaker.CreateAsync(Secret);
        using var all = await new Speaker(phone.Client).FollowAllAsync();
        using var turn = await speaker.SendAndFollowAsync(new { message = "endless " + Secret }, thread);
        await turn.UntilAsync("user_message");
        var human = await speaker.NewHumanAsync();
        using var round = await speaker.TrainAsync(human, $"I like {Secret}. [[tokens=5000 delay=20ms]]");
        await round.UntilAsync(next => next.IsKind("user_message"));
        var other = await talk.NewSpeakerAsync();
        var kept = await other.SayAsync("I stay");

        using var answer = await anna.DeleteAsync(Path, new { password = SignedInClient.Password });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await all.ToEndAsync();
        await turn.ToEndAsync();
        await round.ToEndAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.MeAsync());
        using var refreshed = await phone.RefreshAsync();
        await refreshed.ProblemAsync(401, "invalid_refresh_token");
        await AssertNothingIsLeftAsync(server, "anna@example.org");
        await DatabaseFiles.UntilErasedAsync(server.DataDirectory, Secret);
        await DatabaseFiles.UntilErasedAsync(server.DataDirectory, "anna@example.org");
        Assert.Equal(2, (await other.MessagesAsync(kept.Text("thread_id"))).Items().Count);
        using var again = await SignedInClient.RegisterAsync(server, "anna@example.org");
        Assert.Empty((await new Speaker(again.Client).GetAsync(Speaker.Api)).Items());
    }

    [Fact]
    public async Task Account_Stays_WhenThePasswordIsWrong()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);

        using var wrong = await anna.DeleteAsync(Path, new { password = "wrong" });
        using var none = await anna.DeleteAsync(Path, new { });

        await wrong.ProblemAsync(422, "wrong_password");
        await none.ProblemAsync(422, "wrong_password");
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
    }

    [Fact]
    public async Task ApiKey_IsWorthNothing_WhenItsAccountIsGone()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var made = await anna.Client.PostAsJsonAsync("/api/v1/auth/api-keys", new { name = "program" }, Token);
        using var program = server.NewClient();
        program.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await made.JsonAsync()).Text("key"));
        using var stream = await new Speaker(program).FollowAllAsync();
        await stream.NextAsync("connected");

        using var answer = await anna.DeleteAsync(Path, new { password = SignedInClient.Password });

        Assert.Empty(await stream.ToEndAsync());
        using var models = await program.GetAsync("/api/v1/models", Token);
        await models.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Deletion_IsFinishedAtTheNextStart_AndNobodySignsInBefore()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server, "anna@example.org");
        await new Speaker(anna.Client).SayAsync(Secret);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database.ExecuteSqlRawAsync(
                "update users set closed_at = '2026-01-01T00:00:00.000Z'", Token);
        }

        using var login = await server.Client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = "anna@example.org", password = SignedInClient.Password }, Token);
        await login.ProblemAsync(401, "wrong_credentials");
        await server.RestartAsync();

        await AssertNothingIsLeftAsync(server, "anna@example.org");
        await DatabaseFiles.UntilErasedAsync(server.DataDirectory, Secret);
    }

    [Fact]
    public async Task Deletion_EndsWhateverIsBegunMeanwhile()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var speaker = new Speaker(anna.Client);
        await speaker.CreateAsync();
        using var stop = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await speaker.PostAsync(new { message = "hello" });
                if (answer.StatusCode == HttpStatusCode.Unauthorized)
                    return;
            }
        }).ToList();

        using var deleted = await anna.DeleteAsync(Path, new { password = SignedInClient.Password });
        await Task.WhenAll(busy).WaitAsync(TimeSpan.FromSeconds(30), Token);
        await stop.CancelAsync();

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertNothingIsLeftAsync(server, anna.Email);
    }

    private static async Task AssertNothingIsLeftAsync(RunnelServer server, string email)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        Assert.False(await database.Users.AnyAsync(user => user.Email == email, Token));
        foreach (var table in new[] { "sessions", "api_keys", "user_logins" })
        {
#pragma warning disable EF1002 // Names of tables, from the line above.
            var orphans = await database.Database.SqlQueryRaw<int>(
                $"select count(*) as \"Value\" from {table} where user_id not in (select id from users)").SingleAsync(Token);
#pragma warning restore EF1002
            Assert.Equal(0, orphans);
        }
    }
}
