using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>A conversation is readable for ever; it goes on as long as its digital human is there for its user.</summary>
public class DigitalHumanGoneTests(Talk talk) : IClassFixture<Talk>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Conversation_StaysReadable_AndGoesNoFurther(bool isDeleted)
    {
        var (owner, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var human = await owner.MakeHumanAsync(isPublic: true);
        var sent = await other.TellAsync("hello", human, clientMessageId: "m-1");
        var thread = sent.Text("thread_id");

        using var gone = isDeleted
            ? await owner.DeleteAsync(human)
            : await owner.ChangeAsync(human, new { is_public = false });

        Assert.True(gone.IsSuccessStatusCode);
        Assert.Equal(2, (await other.MessagesAsync(thread)).Items().Count);
        Assert.Equal(human.Id(), (await other.GetAsync($"{Speaker.Api}/{thread}")).GetProperty("digital_human_id").GetInt64());
        foreach (var path in new[] { "/send", $"/{thread}/stream", $"/{thread}/messages/{sent.Text("message_id")}/regenerate",
            $"/{thread}/messages/{sent.Text("user_message_id")}/edit" })
        {
            using var answer = await other.PostAsync(new { message = "x", thread_id = thread }, Speaker.Api + path);
            await answer.ProblemAsync(422, "digital_human_gone");
        }

        using var another = await other.PostAsync(new { message = "x", digital_human_id = human.Id() });
        await another.ProblemAsync(404, "digital_human_not_found");
        using var streamed = await other.PostAsync(new { message = "x", digital_human_id = human.Id() }, Speaker.Api + "/new/stream");
        await streamed.ProblemAsync(404, "digital_human_not_found");
        using var created = await other.PostAsync(new { digital_human_id = human.Id() }, Speaker.Api);
        await created.ProblemAsync(404, "digital_human_not_found");
        using var repeated = await other.PostAsync(
            new { message = "hello", digital_human_id = human.Id(), client_message_id = "m-1" });
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        using var deleted = await other.Client.DeleteAsync(
            new Uri($"{Speaker.Api}/{thread}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task TurnThatWaits_EndsWithAnError_AndOneThatIsAnsweredGoesOn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.MakeHumanAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.TellAsync("one", human, wait: false);
        await held.Begun;
        var second = await speaker.SendBusyAsync("two", first.Text("thread_id"), "enqueue");

        using var deleted = await speaker.DeleteAsync(human);
        await held.SendAsync("whole");
        await held.FinishAsync();

        Assert.Equal("whole", (await speaker.TurnAsync(first))[^1].Text("final_content"));
        var error = (await speaker.TurnAsync(second))[^1];
        Assert.Equal((TurnEvents.Error, "digital_human_gone"), (error.Event, error.Text("code")));
        Assert.False(error.Data.GetProperty("retryable").GetBoolean());
        Assert.Equal("failed", (await speaker.EndAsync(second)).Text("status"));
    }
}
