using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Runnel.Server.Tests.Auth.External;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.Tickets;

/// <summary>A program with an API key, or a page with a token of another issuer, hands a browser a ticket.</summary>
public class TicketBondTests
{
    private const string Tickets = "/api/v1/auth/stream-ticket";
    private const string Keys = "/api/v1/auth/api-keys";
    private const string All = Speaker.Api + "/stream";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TicketOfAKey_OpensTheStreamOfOneConversation_AndNothingElse()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var (program, _) = await ProgramAsync(server, anna);
        var (mine, other) = (await program.CreateAsync(), await program.CreateAsync());
        var ticket = await TicketAsync(program, mine);

        using var stream = await OpenedAsync(server, $"{Speaker.Api}/{mine}/stream?ticket={ticket}");
        await program.SendAsync("hello", mine);

        await stream.NextAsync("user_message");
        Assert.Equal(401, await StatusAsync(server, $"{Speaker.Api}/{other}/stream?ticket={ticket}"));
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}"));
        Assert.Equal(401, await StatusAsync(server, $"{Speaker.Api}/{mine}/messages?ticket={ticket}"));
    }

    [Fact]
    public async Task TicketOfAKey_ForWhatIsNotItsOwners_IsNotMade()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var (program, _) = await ProgramAsync(server, anna);
        var thread = await new Speaker(await server.NewUserAsync()).CreateAsync();

        using var answer = await program.PostAsync(new { thread_id = thread }, Tickets);

        await answer.ProblemAsync(404, "conversation_not_found");
    }

    [Fact]
    public async Task RevokedKey_EndsTheStreamsOfItsTickets_AtOnce_AndNoneOpensAnother()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var (program, keyId) = await ProgramAsync(server, anna);
        var (ticket, unused) = (await TicketAsync(program), await TicketAsync(program));
        using var stream = await OpenedAsync(server, $"{All}?ticket={ticket}");
        using var own = await OpenedAsync(server, $"{All}?ticket={await TicketAsync(new Speaker(anna.Client))}");
        var cookie = stream.Response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var revoked = await anna.DeleteAsync($"{Keys}/{keyId}");

        Assert.Empty(await stream.ToEndAsync());
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={unused}"));
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}", cookie));
        await new Speaker(anna.Client).SendAsync("hello");
        await own.NextAsync("user_message");
    }

    [Fact]
    public async Task TicketOfAKey_IsWorthNothing_WhenItsAccountIsGone()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var (program, _) = await ProgramAsync(server, anna);
        var ticket = await TicketAsync(program);
        using var stream = await OpenedAsync(server, $"{All}?ticket={ticket}");

        using var deleted = await anna.DeleteAsync("/api/v1/auth/me", new { password = SignedInClient.Password });

        Assert.Empty(await stream.ToEndAsync());
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}"));
    }

    [Fact]
    public async Task TicketOfATokenOfAnotherIssuer_EndsWithThatToken()
    {
        await using var provider = await ProviderFake.StartAsync();
        await using var server = await WithAsync(provider);
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", provider.Token(lifetime: TimeSpan.FromSeconds(4)));
        var ticket = await TicketAsync(new Speaker(client));
        using var stream = await OpenedAsync(server, $"{All}?ticket={ticket}");
        var cookie = stream.Response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        Assert.Empty(await stream.ToEndAsync());

        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}"));
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}", cookie));
    }

    [Fact]
    public async Task TicketOfATokenOfAnotherIssuer_IsWorthNothing_WhenItsAccountIsGone()
    {
        await using var provider = await ProviderFake.StartAsync();
        await using var server = await WithAsync(provider);
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", provider.Token());
        var ticket = await TicketAsync(new Speaker(client));
        using var stream = await OpenedAsync(server, $"{All}?ticket={ticket}");

        using var deleted = await client.DeleteAsync("/api/v1/auth/me", Token);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await stream.ToEndAsync());
        Assert.Equal(401, await StatusAsync(server, $"{All}?ticket={ticket}"));
    }

    private static Task<RunnelServer> WithAsync(ProviderFake provider) => RunnelServer.StartAsync(
        $"Auth:Jwt:Authority={provider.Issuer}", $"Auth:Jwt:Audience={ProviderFake.Audience}");

    private static async Task<(Speaker Program, string KeyId)> ProgramAsync(RunnelServer server, SignedInClient owner)
    {
        using var made = await owner.Client.PostAsJsonAsync(Keys, new { name = "program" }, Token);
        var key = await made.JsonAsync();
        var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("key"));
        return (new Speaker(client), key.Text("key_id"));
    }

    private static async Task<string> TicketAsync(Speaker speaker, string? thread = null)
    {
        using var answer = await speaker.PostAsync(new { thread_id = thread }, Tickets);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).Text("ticket");
    }

    private static async Task<SseReader> OpenedAsync(RunnelServer server, string path)
    {
        var stream = await new Speaker(server.Client).OpenAsync(path);
        await stream.NextAsync("connected");
        return stream;
    }

    private static async Task<int> StatusAsync(RunnelServer server, string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return (int)answer.StatusCode;
    }
}
