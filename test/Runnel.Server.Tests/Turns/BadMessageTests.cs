using System.Net;
using System.Text;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

public class BadMessageTests(Talk talk) : IClassFixture<Talk>
{
    public static TheoryData<string, int, string> Bodies => new()
    {
        { """{"message":""}""", 422, "empty_message" },
        { """{"message":" \t\r\n\u3000"}""", 422, "empty_message" },
        { """{"message":null}""", 422, "empty_message" },
        { """{}""", 422, "empty_message" },
        { $$"""{"message":"{{new string('x', 32_001)}}"}""", 422, "message_too_long" },
        { """{"message":"x","model":"no such"}""", 422, "unknown_model" },
        { """{"message":"x","client_message_id":""}""", 422, "invalid_client_message_id" },
        { $$"""{"message":"x","client_message_id":"{{new string('x', 65)}}"}""", 422, "invalid_client_message_id" },
        { """{"message":"x","when_busy":"wait"}""", 422, "invalid_when_busy" },
        { """{"message":"x" """, 400, "malformed_body" },
        { "", 400, "malformed_body" },
        { "null", 400, "malformed_body" },
        { "hello", 400, "malformed_body" },
        { "[]", 400, "malformed_body" },
        { """{"message":7}""", 400, "malformed_body" },
        { """{"message":["x"]}""", 400, "malformed_body" },
        { """{"message":"x","thread_id":7}""", 400, "malformed_body" },
        { """{"message":"x","digital_human_id":"seven"}""", 400, "malformed_body" },
        { """{"message":"x\u12"}""", 400, "malformed_body" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task ABadBody_IsAClearProblem_AndStartsNothing(string body, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        foreach (var path in new[] { "send", "new/stream", $"{thread}/stream" })
        {
            using var answer = await speaker.Client.PostJsonAsync($"{Speaker.Api}/{path}", body);
            var problem = await answer.ProblemAsync(status, code);
            Assert.DoesNotContain("Runnel.Server", problem.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Single((await speaker.GetAsync(Speaker.Api)).Items());
        Assert.Empty((await speaker.MessagesAsync(thread)).Items());
    }

    [Fact]
    public async Task ABody_IsJson()
    {
        var speaker = await talk.NewSpeakerAsync();
        using var content = new StringContent("message=hello", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await speaker.Client.PostAsync(
            new Uri(Speaker.Api + "/send", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(415, "unsupported_media_type");
    }

    [Fact]
    public async Task ABody_MayHaveAMegabyte_AndNotAByteMore()
    {
        var speaker = await talk.NewSpeakerAsync();

        using var fits = await speaker.Client.PostJsonAsync(Speaker.Api + "/send", OfSize(1_048_576));
        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        using var stream = await speaker.FollowAllAsync((await fits.JsonAsync()).Text("user_cursor"));
        await stream.UntilAsync(TurnEvents.Complete);
        using var tooLarge = await speaker.Client.PostJsonAsync(Speaker.Api + "/send", OfSize(1_048_577));
        await tooLarge.ProblemAsync(413, "body_too_large");

        Assert.Single((await speaker.GetAsync(Speaker.Api)).Items());
    }

    [Fact]
    public async Task ABusyConversation_RefusesAnotherMessage_AndTakesItAfterTheAnswer()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SendAsync("first")).Text("thread_id");
        using var stream = await speaker.FollowAsync(thread);

        foreach (var path in new[] { Speaker.Api + "/send", $"{Speaker.Api}/{thread}/stream" })
        {
            using var busy = await speaker.PostAsync(new { message = "second", thread_id = thread }, path);
            await busy.ProblemAsync(409, "turn_running");
        }

        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
        await speaker.SendAsync("second", thread);
        Assert.Equal("You said: second", (await stream.UntilAsync(TurnEvents.Complete))[^1].Text("final_content"));
    }

    [Fact]
    public async Task AUser_HasAFewTurnsAtOnce_AndAPlaceIsFree_AsSoonAsAnEndIsSeen()
    {
        await using var small = await Talk.StartAsync("Limits:RunningTurnsPerUser=2");
        var speaker = await small.NewSpeakerAsync();
        using var stream = await speaker.FollowAllAsync();
        var (first, second) = (small.Upstream.Hold(), small.Upstream.Hold());
        await speaker.SendAsync("one");
        await first.Begun;
        var busy = (await speaker.SendAsync("two")).Text("thread_id");
        await second.Begun;

        using var third = await speaker.PostAsync(new { message = "three" });
        await third.ProblemAsync(429, "too_many_turns");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        using var sameThread = await speaker.PostAsync(new { message = "three", thread_id = busy });
        await sameThread.ProblemAsync(409, "turn_running");
        await (await small.NewSpeakerAsync()).SendAsync("somebody else has places of their own");

        await first.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
        for (var i = 0; i < 20; i++)
        {
            await speaker.SendAsync("three");
            await stream.UntilAsync(TurnEvents.Complete);
        }

        await second.FinishAsync();
        Assert.Equal(22, (await speaker.GetAsync(Speaker.Api)).Items().Count);
    }

    private static string OfSize(int bytes) => $$"""{"message":"x"{{new string(' ', bytes - 15)}}}""";
}
