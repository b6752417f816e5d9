using Microsoft.Extensions.Logging;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Canned = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Turns;

/// <summary>Whatever goes wrong at the model's end: one end of the turn with a stable code, the text kept, nothing secret told, and
/// the conversation goes on.</summary>
public class UpstreamFaultTests(ImpatientTalk impatient) : IClassFixture<ImpatientTalk>
{
    private const string Key = "sk-secret-of-the-test";
    private readonly Talk _talk = impatient.Talk;

    public static TheoryData<string, string, bool, string> Faults => new()
    {
        { "[[fault=401]]", "upstream_rejected", false, "" },
        { "[[fault=404]]", "upstream_rejected", false, "" },
        { "[[fault=500]]", "upstream_unavailable", true, "" },
        { "[[fault=503]]", "upstream_unavailable", true, "" },
        { "[[fault=reset]]", "upstream_unavailable", true, "" },
        { "[[fault=hang]]", "upstream_timeout", true, "" },
        { "[[fault=hanghdr]]", "upstream_timeout", true, "" },
        { "[[tokens=9 fault=hang@2]]", "upstream_stalled", true, "word0 word1 " },
        { "[[tokens=9 fault=close@2]]", "upstream_closed", true, "word0 word1 " },
        { "[[tokens=9 fault=reset@2]]", "upstream_closed", true, "word0 word1 " },
        { "[[tokens=2 fault=nofinish]]", "upstream_closed", true, "word0 word1 " },
        { "[[tokens=9 fault=badjson@2]]", "upstream_malformed", true, "word0 word1 " },
        { "[[tokens=9 fault=errchunk@2]]", "upstream_rejected", false, "word0 word1 " },
        { "[[tokens=1000 delay=20ms]]", "turn_timeout", true, "word0 word1 word2 " },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AFault_EndsTheTurnOnce_KeepsTheText_AndTheNextMessageIsAnswered(
        string prompt, string code, bool isRetryable, string partial)
    {
        var speaker = await _talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync(prompt);
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));

        var events = await stream.UntilAsync(next => next.IsEnd());

        var error = events[^1];
        AssertError(error, code, isRetryable);
        var kept = error.Text("partial_content");
        Assert.StartsWith(partial, kept, StringComparison.Ordinal);
        Assert.Equal(kept, events.Joined());
        var message = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1];
        Assert.Equal("failed", message.Text("status"));
        Assert.Equal(kept, message.Text("content"));
        Assert.Equal(sent.Text("message_id"), message.Text("message_id"));
        await AssertGoesOnAsync(speaker, sent.Text("thread_id"), stream);
    }

    [Fact]
    public async Task AnAnswerThatBreaksOff_KeepsExactlyWhatWasShown()
    {
        var speaker = await _talk.NewSpeakerAsync();
        var held = _talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("one");
        await stream.UntilTextAsync("one");
        await held.AbortAsync();

        var error = await stream.NextAsync(TurnEvents.Error);

        Assert.Equal("one", error.Text("partial_content"));
    }

    [Fact]
    public async Task ARefusalThatRepeatsTheKey_ShowsItToNobody_AndLogsItNowhere()
    {
        using var log = new CapturedLog();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace),
            [.. Talk.ModelAt(_talk.Upstream), "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft.AspNetCore=Trace"]);
        var speaker = new Speaker(await server.NewUserAsync());
        var body = """{"error":{"message":"Incorrect API key provided: KEY. See /srv/keys","code":"invalid_api_key"}}"""
            .Replace("KEY", Key, StringComparison.Ordinal);
        _talk.Upstream.Enqueue(Canned.Http(401, "application/json", body));
        using var stream = await speaker.SendAndFollowAsync(new { message = "go" });

        var events = await stream.ToEndAsync();

        AssertError(events[^1], "upstream_rejected", isRetryable: false);
        var thread = events[0].Text("thread_id");
        var shown = string.Join(' ', events) + await speaker.MessagesAsync(thread) + await speaker.GetAsync("/api/v1/models");
        Assert.DoesNotContain(Key, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("/srv", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Incorrect", shown, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Text.Contains("upstream_rejected", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://HOST", 3)]
    [InlineData("https://HOST", 1)]
    [InlineData("http://no-such-host.invalid/v1", 3)]
    public async Task AModelThatCannotBeReached_EndsTheTurn(string address, int attempts)
    {
        // TLS needs somebody who answers, if only with something else.
        await using var other = await FakeUpstream.StartAsync();
        var host = new Uri(other.BaseUrl).Authority;
        if (attempts > 1)
            await other.DisposeAsync();
        await using var server = await RunnelServer.StartAsync(
            "Models:Providers:0:Name=gone", $"Models:Providers:0:BaseUrl={address.Replace("HOST", host, StringComparison.Ordinal)}");
        var speaker = new Speaker(await server.NewUserAsync());

        using var stream = await speaker.SendAndFollowAsync(new { message = "go" });

        var events = await stream.ToEndAsync();
        AssertError(events[^1], "upstream_unavailable", isRetryable: true);
        Assert.Equal(attempts, events.Count(next => next.Event == TurnEvents.Start));
    }

    private static void AssertError(SseEvent error, string code, bool isRetryable)
    {
        Assert.Equal(TurnEvents.Error, error.Event);
        Assert.Equal("code error message_id partial_content retryable thread_id turn_id type", error.Data.Members());
        Assert.Equal(code, error.Text("code"));
        Assert.Equal(isRetryable, error.Data.GetProperty("retryable").GetBoolean());
        Assert.EndsWith(".", error.Text("error"), StringComparison.Ordinal);
        Assert.DoesNotContain("told to fail", error.Text("error"), StringComparison.Ordinal);
    }

    private static async Task AssertGoesOnAsync(Speaker speaker, string thread, SseReader stream)
    {
        await speaker.SendAsync("again", thread);
        var next = await stream.UntilAsync(next => next.IsEnd());
        // Nothing of the failed turn follows its end.
        Assert.Equal("user_message", next[0].Event);
        Assert.Equal("You said: again", next[^1].Text("final_content"));
    }
}
