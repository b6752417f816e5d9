using System.Globalization;
using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class CreateConversationTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Create_AnswersTheNewConversation_AndReadAndListShowIt()
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.PostAsync(new { title = " Über \u6d41 \ud83d\ude00 " }, Speaker.Api);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await answer.JsonAsync();
        Assert.Equal("created_at digital_human_id thread_id title", body.Members());
        Assert.Equal("Über \u6d41 \ud83d\ude00", body.Text("title"));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("digital_human_id").ValueKind);
        AssertTime(body.Text("created_at"));
        var path = $"{Speaker.Api}/{body.Text("thread_id")}";
        Assert.Equal(path, answer.Headers.Location?.ToString());
        var read = await speaker.GetAsync(path);
        Assert.Equal("created_at digital_human_id running thread_id title updated_at", read.Members());
        Assert.Equal(body.Text("thread_id"), read.Text("thread_id"));
        Assert.Equal(body.Text("created_at"), read.Text("created_at"));
        Assert.False(read.GetProperty("running").GetBoolean());
        var row = Assert.Single((await speaker.GetAsync(Speaker.Api)).Items());
        Assert.Equal(read.GetRawText(), row.GetRawText());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":null,"digital_human_id":null,"unknown":[1]}""")]
    public async Task Create_TakesNoTitleAndUnknownFields(string body)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.PostJsonAsync(Speaker.Api, body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("", (await answer.JsonAsync()).Text("title"));
    }

    [Fact]
    public async Task Create_RefusesWhatItCannotKeep()
    {
        var speaker = await talk.NewSpeakerAsync();

        using var tooLong = await speaker.PostAsync(new { title = new string('x', 201) }, Speaker.Api);
        await tooLong.ProblemAsync(422, "title_too_long");
        using var noHuman = await speaker.PostAsync(new { digital_human_id = 7 }, Speaker.Api);
        await noHuman.ProblemAsync(404, "digital_human_not_found");
        using var wrongType = await speaker.PostAsync(new { title = 7 }, Speaker.Api);
        await wrongType.ProblemAsync(400, "malformed_body");

        Assert.Empty((await speaker.GetAsync(Speaker.Api)).Items());
    }

    [Fact]
    public async Task Title_OfAConversationBegunByAMessage_IsTheBeginningOfIt()
    {
        var speaker = await talk.NewSpeakerAsync();

        await speaker.SendAsync($"\r\n {new string('x', 59)}\ud83d\ude00 and more\nsecond line");

        var row = Assert.Single((await speaker.GetAsync(Speaker.Api)).Items());
        Assert.Equal(new string('x', 59) + "…", row.Text("title"));
    }

    private static void AssertTime(string text)
    {
        Assert.EndsWith("Z", text, StringComparison.Ordinal);
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        Assert.InRange(time, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
    }
}
