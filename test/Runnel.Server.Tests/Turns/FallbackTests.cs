using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Canned = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Turns;

/// <summary>A model that cannot answer has another answer in its place.</summary>
public class FallbackTests : IAsyncLifetime
{
    private FakeUpstream _first = null!;
    private FakeUpstream _second = null!;
    private RunnelServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await FakeUpstream.StartAsync();
        _second = await FakeUpstream.StartAsync();
        _server = await RunnelServer.StartAsync(
            "Models:Providers:0:Name=first", $"Models:Providers:0:BaseUrl={_first.BaseUrl}", "Models:Providers:0:Model=one",
            "Models:Providers:0:Fallback=second",
            "Models:Providers:1:Name=second", $"Models:Providers:1:BaseUrl={_second.BaseUrl}", "Models:Providers:1:Model=two",
            "Models:Fallback=first", "Models:Timeouts:FirstTokenSeconds=2", "Models:Timeouts:StallSeconds=2");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task AModelThatStaysAway_IsReplaced_AfterItsThreeAttempts()
    {
        for (var i = 0; i < 3; i++)
            _first.Enqueue(Canned.Status(503));

        var (events, message) = await AskAsync("go");

        Assert.Equal(["1 one", "2 one", "3 one", "4 two"], Starts(events));
        Assert.Equal(["You said: go", "two"], events[^1].Data.Texts("final_content model"));
        Assert.Equal(["You said: go", "two"], message.Texts("content model"));
    }

    public static TheoryData<string, Answer> NotToBeMended => new()
    {
        { "a wrong key", Canned.Status(401) },
        { "an unknown model", Canned.Status(404) },
        { "a long wait", Canned.Status(429, retryAfter: "60") },
        { "nothing at all", Canned.Raw("") },
        { "a page", Canned.Http(200, "text/html", "<html>") },
        { "silence", Canned.Hang },
    };

    [Theory]
    [MemberData(nameof(NotToBeMended))]
    public async Task WhatASecondTryCannotMend_IsReplacedAtOnce(string fault, Answer answer)
    {
        _first.Enqueue(answer);

        var (events, _) = await AskAsync(fault);

        Assert.Equal(["1 one", "2 two"], Starts(events));
        Assert.Equal($"You said: {fault}", events[^1].Text("final_content"));
    }

    [Fact]
    public async Task WhenBothStayAway_NeitherIsAskedTwiceOver()
    {
        var (events, _) = await AskAsync("[[fault=401]]");

        Assert.Equal(["1 one", "2 two"], Starts(events));
        Assert.Equal("upstream_rejected", events[^1].Text("code"));
    }

    [Fact]
    public async Task TextThatWasSeen_IsNotContinuedByAnother()
    {
        var (events, message) = await AskAsync("[[tokens=4 fault=close@2]]");

        Assert.Equal(["1 one"], Starts(events));
        Assert.Equal(["upstream_closed", "word0 word1 "], events[^1].Data.Texts("code partial_content"));
        Assert.Equal("one", message.Text("model"));
    }

    [Fact]
    public async Task WhatAModelDeclines_IsNotCarriedToAnother()
    {
        _first.Enqueue(Canned.Http(400, "application/json", """{"error":{"code":"content_filter"}}"""));

        var (events, _) = await AskAsync("go");

        Assert.Equal(["1 one"], Starts(events));
        Assert.Equal("content_refused", events[^1].Text("code"));
    }

    private static string[] Starts(List<SseEvent> events) =>
    [
        .. events.Where(next => next.Event == TurnEvents.Start)
            .Select(next => $"{next.Data.GetProperty("attempt").GetInt32()} {next.Text("model")}"),
    ];

    private async Task<(List<SseEvent> Events, System.Text.Json.JsonElement Message)> AskAsync(string message)
    {
        var speaker = new Speaker(await _server.NewUserAsync());
        using var stream = await speaker.SendAndFollowAsync(new { message });
        var events = await stream.ToEndAsync();
        return (events, (await speaker.MessagesAsync(events[^1].Text("thread_id"))).Items()[1]);
    }
}
