using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class GiveFeedbackTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Feedback_IsInHistoryAndOnTheStream_UntilItIsReplacedOrTakenBack()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"));

        await GiveAsync(speaker, sent, new { rating = "down", comment = " too \u6d41 short " });
        Assert.Equal("""{"rating":"down","comment":"too 流 short"}""", await FeedbackAsync(speaker, sent));
        var updated = (await stream.UntilAsync("conversation_updated"))[^1];
        Assert.Equal("feedback thread_id type", updated.Data.Members());
        Assert.Equal(
            $$"""{"message_id":"{{sent.Text("message_id")}}","rating":"down","comment":"too 流 short"}""",
            updated.Data.GetProperty("feedback").GetRawText());

        await GiveAsync(speaker, sent, new { rating = "up" });
        Assert.Equal("""{"rating":"up","comment":null}""", await FeedbackAsync(speaker, sent));

        await GiveAsync(speaker, sent, new { rating = "none", comment = "gone" });
        Assert.Equal("null", await FeedbackAsync(speaker, sent));
        var page = await speaker.MessagesAsync(sent.Text("thread_id"));
        await stream.UntilAsync(next => next.Data.GetProperty("feedback").Text("rating") == "none");
        Assert.Equal(stream.LastId, page.Text("cursor"));
    }

    [Fact]
    public async Task Feedback_OnAnAnswerThatIsStillWritten_StaysWhenItEnds()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("one");
        await stream.UntilTextAsync("one");

        await GiveAsync(speaker, sent, new { rating = "up" });
        Assert.Equal("""{"rating":"up","comment":null}""", await FeedbackAsync(speaker, sent));
        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);

        Assert.Equal("""{"rating":"up","comment":null}""", await FeedbackAsync(speaker, sent));
    }

    [Theory]
    [InlineData("{}", 422, "invalid_rating")]
    [InlineData("""{"rating":"sideways"}""", 422, "invalid_rating")]
    [InlineData("""{"rating":1}""", 400, "malformed_body")]
    [InlineData("""{"rating":"up","comment":7}""", 400, "malformed_body")]
    public async Task Feedback_RefusesWhatIsNoRating(string body, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await speaker.Client.PutAsync(
            new Uri(Path(sent), UriKind.Relative), content, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(status, code);
        Assert.Equal("null", await FeedbackAsync(speaker, sent));
    }

    [Fact]
    public async Task Feedback_IsForAnswersOfThisConversation_AndOfLimitedLength()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        var other = await speaker.SayAsync("elsewhere");
        var thread = sent.Text("thread_id");

        await RefusedAsync(speaker, thread, sent.Text("user_message_id"), "ok", 422, "not_an_answer");
        await RefusedAsync(speaker, thread, other.Text("message_id"), "ok", 404, "message_not_found");
        await RefusedAsync(speaker, thread, "nothing", "ok", 404, "message_not_found");
        await RefusedAsync(speaker, thread, sent.Text("message_id"), new string('x', 2001), 422, "comment_too_long");

        Assert.Equal("null", await FeedbackAsync(speaker, sent));
        Assert.Equal("null", await FeedbackAsync(speaker, other));
    }

    private static string Path(JsonElement sent) =>
        $"{Speaker.Api}/{sent.Text("thread_id")}/messages/{sent.Text("message_id")}/feedback";

    private static async Task RefusedAsync(
        Speaker speaker, string thread, string message, string comment, int status, string code)
    {
        using var answer = await speaker.Client.PutAsJsonAsync(
            $"{Speaker.Api}/{thread}/messages/{message}/feedback", new { rating = "up", comment });
        await answer.ProblemAsync(status, code);
    }

    private static async Task GiveAsync(Speaker speaker, JsonElement sent, object feedback)
    {
        using var answer = await speaker.Client.PutAsJsonAsync(Path(sent), feedback);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<string> FeedbackAsync(Speaker speaker, JsonElement sent) =>
        (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1].GetProperty("feedback").GetRawText();
}
