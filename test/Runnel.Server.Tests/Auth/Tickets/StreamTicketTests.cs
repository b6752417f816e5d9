using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.Tickets;

public class StreamTicketTests
{
    private const string Tickets = "/api/v1/auth/stream-ticket";
    private const string All = Speaker.Api + "/stream";

    private readonly FakeTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ticket_OpensStreamsOfItsUser_WithoutAnyHeader()
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var thread = await speaker.CreateAsync();

        using var issued = await speaker.PostAsync(new { }, Tickets);
        var body = await issued.JsonAsync();
        var ticket = body.Text("ticket");

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(60), body.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Matches("^[A-Za-z0-9_-]+$", ticket);
        foreach (var path in new[] { All, "/api/conversations/stream", $"{Speaker.Api}/{thread}/stream" })
        {
            using var stream = await new Speaker(server.Client).OpenAsync($"{path}?after=0&ticket={ticket}");
            Assert.Equal("connected", (await stream.NextAsync()).Event);
        }
    }

    [Fact]
    public async Task Ticket_OfAConversation_IsForNoOther()
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var (mine, other) = (await speaker.CreateAsync(), await speaker.CreateAsync());
        var ticket = await TicketAsync(speaker, mine);

        Assert.Equal(200, await OpenAsync(server, $"{Speaker.Api}/{mine}/stream?ticket={ticket}"));
        Assert.Equal(401, await OpenAsync(server, $"{Speaker.Api}/{other}/stream?ticket={ticket}"));
        Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={ticket}"));
    }

    [Theory]
    [InlineData("""{"rights":"\ud800"}""")]
    [InlineData("""{"rights":["\udc00\ud800"]}""")]
    [InlineData("""{"rights":{"read":true}}""")]
    public async Task RightsThatAreNoText_AreUnknown_AndNoFaultOfTheServer(string body)
    {
        await using var server = await StartAsync();
        var client = await server.NewUserAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Tickets, UriKind.Relative), content, Token);

        await answer.ProblemAsync(422, "unknown_rights");
    }

    [Fact]
    public async Task Ticket_OfADigitalHuman_OpensNoConversation_AndIsItsOwners()
    {
        await using var server = await StartAsync();
        var (owner, other) = (new Speaker(await server.NewUserAsync()), new Speaker(await server.NewUserAsync()));
        var thread = await owner.CreateAsync();
        var human = await owner.MakeHumanAsync(isPublic: true);

        using var issued = await owner.PostAsync(new { digital_human_id = human.Id() }, Tickets);
        using var anothers = await other.PostAsync(new { digital_human_id = human.Id() }, Tickets);
        using var both = await owner.PostAsync(new { digital_human_id = human.Id(), thread_id = thread }, Tickets);

        var ticket = (await issued.JsonAsync()).Text("ticket");
        Assert.Equal(401, await OpenAsync(server, $"{Speaker.Api}/{thread}/stream?ticket={ticket}"));
        Assert.Equal(401, await OpenAsync(server, $"{Speaker.Api}/{thread}/stream?digital_human_id={human.Id() + 1}&ticket={ticket}"));
        Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={ticket}"));
        await anothers.ProblemAsync(404, "digital_human_not_found");
        await both.ProblemAsync(422, "two_streams");
    }

    [Fact]
    public async Task Ticket_ForWhatIsNotTheirs_IsNotMade()
    {
        await using var server = await StartAsync();
        var (owner, other) = (new Speaker(await server.NewUserAsync()), new Speaker(await server.NewUserAsync()));
        var thread = await owner.CreateAsync();

        using var anothers = await other.PostAsync(new { thread_id = thread }, Tickets);
        using var human = await other.PostAsync(new { digital_human_id = 1 }, Tickets);
        using var writing = await other.PostAsync(new { rights = (string[])["read", "write"] }, Tickets);
        using var reading = await other.PostAsync(new { rights = (string[])["read"] }, Tickets);
        using var nobody = await server.Client.PostAsJsonAsync(Tickets, new { }, Token);

        await anothers.ProblemAsync(404, "conversation_not_found");
        await human.ProblemAsync(404, "digital_human_not_found");
        await writing.ProblemAsync(422, "unknown_rights");
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
        await nobody.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Ticket_OfAnother_OpensNothingOfMine()
    {
        await using var server = await StartAsync();
        var (owner, other) = (new Speaker(await server.NewUserAsync()), new Speaker(await server.NewUserAsync()));
        var thread = await owner.CreateAsync();

        Assert.Equal(404, await OpenAsync(server, $"{Speaker.Api}/{thread}/stream?ticket={await TicketAsync(other)}"));
    }

    [Theory]
    [InlineData("HEAD", "/api/v1/conversations/stream")]
    [InlineData("GET", "/api/v1/conversations")]
    [InlineData("GET", "/api/v1/conversations/{0}")]
    [InlineData("GET", "/api/v1/conversations/{0}/messages")]
    [InlineData("GET", "/api/v1/conversations/{0}/events")]
    [InlineData("GET", "/api/v1/auth/me")]
    [InlineData("POST", "/api/v1/conversations/{0}/stream")]
    [InlineData("POST", "/api/v1/conversations/send")]
    [InlineData("POST", "/api/v1/auth/stream-ticket")]
    public async Task Ticket_IsWorthNothing_OnAnyOtherPathOrVerb(string verb, string path)
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var thread = await speaker.CreateAsync();
        var ticket = await TicketAsync(speaker);
        using var request = new HttpRequestMessage(
            new HttpMethod(verb), path.Replace("{0}", thread, StringComparison.Ordinal) + "?ticket=" + ticket);
        if (verb == "POST")
            request.Content = JsonContent.Create(new { message = "hello" });

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task ExpiredTicket_GoesOnInTheBrowserThatOpenedWithIt_AndNowhereElse()
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var thread = await speaker.CreateAsync();
        var (path, ticket) = ($"{Speaker.Api}/{thread}/stream", await TicketAsync(speaker));
        var cookie = await CookieAsync(server, $"{path}?ticket={ticket}");
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(401, await OpenAsync(server, $"{path}?ticket={ticket}"));
        Assert.Equal(200, await OpenAsync(server, $"{path}?ticket={ticket}", cookie.Split(';')[0]));
        Assert.Contains($"; path={path};", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookie_OfOneTicket_SavesNoOther()
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var (first, second) = (await TicketAsync(speaker), await TicketAsync(speaker));
        var given = (await CookieAsync(server, $"{All}?ticket={first}")).Split(';')[0];
        var other = (await CookieAsync(server, $"{All}?ticket={second}")).Split(';')[0];
        _time.Advance(TimeSpan.FromMinutes(2));

        string[] wrong =
        [
            given, $"{other.Split('=')[0]}={given.Split('=')[1]}", $"{other.Split('=')[0]}=1", $"{other[..^3]}",
            $"{other.Split('=')[0]}={second}",
        ];
        foreach (var cookie in wrong)
            Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={second}", cookie));
        Assert.Equal(200, await OpenAsync(server, $"{All}?ticket={second}", $"{given}; {other}"));
    }

    [Fact]
    public async Task Cookie_IsForOtherSitesToo_OnlyOverTls()
    {
        await using var server = await RunnelServer.StartAsync("Http:TrustedProxies=127.0.0.1");
        var ticket = await TicketAsync(new Speaker(await server.NewUserAsync()));
        server.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var cookie = await CookieAsync(server, $"{All}?ticket={ticket}");

        Assert.Contains("; samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookies_OfManyTickets_DoNotOutgrowTheHeader()
    {
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var handler = new HttpClientHandler { UseCookies = true };
        using var browser = new HttpClient(handler) { BaseAddress = server.BaseAddress };

        for (var opening = 0; opening < 40; opening++)
        {
            using var stream = await browser.GetAsync(
                new Uri($"{All}?ticket={await TicketAsync(speaker)}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        }

        Assert.InRange(handler.CookieContainer.GetCookies(new Uri(server.BaseAddress, All)).Count, 1, 17);
    }

    [Fact]
    public async Task Ticket_IsWorthNothing_AndItsStreamEnds_WhenItsSessionHasEnded()
    {
        await using var server = await StartAsync();
        var user = await server.NewUserAsync();
        var (ticket, unused) = (await TicketAsync(new Speaker(user)), await TicketAsync(new Speaker(user)));
        var cookie = (await CookieAsync(server, $"{All}?ticket={ticket}")).Split(';')[0];
        using var stream = await new Speaker(server.Client).OpenAsync($"{All}?ticket={ticket}");

        using var logout = await user.PostAsync(new Uri("/api/v1/auth/logout", UriKind.Relative), null, Token);

        await stream.ToEndAsync();
        Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={unused}"));
        Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={ticket}", cookie));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("changed")]
    [InlineData("token")]
    [InlineData("empty")]
    [InlineData("odd")]
    public async Task Forgery_OpensNothing(string kind)
    {
        await using var server = await StartAsync();
        var user = await server.NewUserAsync();
        var ticket = await TicketAsync(new Speaker(user));
        var forged = kind switch
        {
            "cut" => ticket[..^4],
            "longer" => ticket + "AAAA",
            "changed" => ticket[..40] + (ticket[40] == 'A' ? 'B' : 'A') + ticket[41..],
            "token" => user.DefaultRequestHeaders.Authorization!.Parameter!,
            "empty" => "",
            _ => "%00%0d%0aSet-Cookie:%20x=y&ticket=" + ticket,
        };

        Assert.Equal(401, await OpenAsync(server, $"{All}?ticket={forged}"));
        Assert.Equal(401, await MeAsync(server, ticket));
    }

    [Fact]
    public async Task Ticket_IsInNoLine_WhateverTheServerIsAskedToLog()
    {
        using var log = new CapturedLog();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Logging.ClearProviders().AddProvider(log),
            "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft.AspNetCore=Trace");
        var ticket = await TicketAsync(new Speaker(await server.NewUserAsync()));
        string[] paths = [All, Speaker.Api, "/nowhere", "/index.html", "/api/v1/conversations/none/stream", "/api/v1/auth/me"];

        foreach (var path in paths)
        {
            await OpenAsync(server, $"{path}?kept=yes&ticket={ticket}");
            await OpenAsync(server, $"{path}?TICKET={ticket}&kept=yes");
        }

        Assert.Contains(log.Lines, line => line.Text.Contains("?kept=yes", StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(ticket, line.Text, StringComparison.Ordinal));
    }

    private static async Task<string> TicketAsync(Speaker speaker, string? thread = null)
    {
        using var answer = await speaker.PostAsync(new { thread_id = thread }, Tickets);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).Text("ticket");
    }

    private static async Task<int> OpenAsync(RunnelServer server, string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return (int)answer.StatusCode;
    }

    private static async Task<string> CookieAsync(RunnelServer server, string path)
    {
        using var answer = await server.Client.GetAsync(
            new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie"));
    }

    private static async Task<int> MeAsync(RunnelServer server, string ticket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Add("Authorization", "Bearer " + ticket);
        using var answer = await server.Client.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }

    private Task<RunnelServer> StartAsync() =>
        RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(_time));
}
