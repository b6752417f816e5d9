using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.DigitalHumans;

public class CreateDigitalHumanTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Create_AnswersAllOfIt_AndItIsReadAsItWasMade()
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.PostAsync(
            new
            {
                name = "  Dr. \u674e\n\U0001F600 ",
                persona = "\u4f60\u662f\u674e\u535a\u58eb\n\"quoted\" \U0001F600",
                greeting = "\u4f60\u597d!",
                model = "FAKE", temperature = 0.7, is_public = true, unknown = "ignored",
            },
            Persona.Api);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.JsonAsync();
        Assert.Equal(
            "created_at greeting id is_own is_public model name persona temperature updated_at", made.Members());
        Assert.Equal("Dr. \u674e \U0001F600", made.Text("name"));
        Assert.Equal("\u4f60\u662f\u674e\u535a\u58eb\n\"quoted\" \U0001F600", made.Text("persona"));
        Assert.Equal("fake", made.Text("model"));
        Assert.Equal(0.7, made.GetProperty("temperature").GetDouble());
        Assert.True(made.GetProperty("is_public").GetBoolean());
        Assert.True(made.GetProperty("is_own").GetBoolean());
        Assert.Equal(Persona.PathOf(made), answer.Headers.Location?.ToString());
        Assert.Equal(made.GetRawText(), (await speaker.GetAsync(Persona.PathOf(made))).GetRawText());
    }

    [Fact]
    public async Task Create_NeedsNoMoreThanNameAndPersona()
    {
        var speaker = await talk.NewSpeakerAsync();

        var made = await speaker.MakeHumanAsync("x", new string('\u4e2d', 31_999) + "\U0001F600");

        Assert.Equal(JsonValueKind.Null, made.GetProperty("greeting").ValueKind);
        Assert.Equal(JsonValueKind.Null, made.GetProperty("model").ValueKind);
        Assert.Equal(JsonValueKind.Null, made.GetProperty("temperature").ValueKind);
        Assert.False(made.GetProperty("is_public").GetBoolean());
        Assert.EndsWith("\U0001F600", (await speaker.GetAsync(Persona.PathOf(made))).Text("persona"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"persona":"p"}""", 422, "empty_name")]
    [InlineData("""{"name":" \n\t","persona":"p"}""", 422, "empty_name")]
    [InlineData("""{"name":null,"persona":"p"}""", 422, "empty_name")]
    [InlineData("""{"name":"n"}""", 422, "empty_persona")]
    [InlineData("""{"name":"n","persona":" \n"}""", 422, "empty_persona")]
    [InlineData("""{"name":"n","persona":"p","temperature":2.01}""", 422, "invalid_temperature")]
    [InlineData("""{"name":"n","persona":"p","temperature":-0.1}""", 422, "invalid_temperature")]
    [InlineData("""{"name":"n","persona":"p","temperature":1e999}""", 422, "invalid_temperature")]
    [InlineData("""{"name":"n","persona":"p","temperature":"1"}""", 400, "malformed_body")]
    [InlineData("""{"name":"n","persona":"p","model":"none such"}""", 422, "unknown_model")]
    [InlineData("""{"name":7,"persona":"p"}""", 400, "malformed_body")]
    [InlineData("""{"name":"n","persona":"p","is_public":"yes"}""", 400, "malformed_body")]
    [InlineData("""{"name":"n","persona":"p",""", 400, "malformed_body")]
    [InlineData("[]", 400, "malformed_body")]
    public async Task Create_RefusesWhatIsNoDigitalHuman(string body, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.PostJsonAsync(Persona.Api, body);

        await answer.ProblemAsync(status, code);
        Assert.Empty((await speaker.GetAsync($"{Persona.Api}?own=true")).Items());
    }

    [Theory]
    [InlineData(101, 1, 1, "name_too_long")]
    [InlineData(1, 32_001, 1, "persona_too_long")]
    [InlineData(1, 1, 4_001, "greeting_too_long")]
    public async Task Create_RefusesWhatIsTooLong_CountedInCharacters(int name, int persona, int greeting, string code)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.PostAsync(
            new { name = Emojis(name), persona = Emojis(persona), greeting = Emojis(greeting) }, Persona.Api);

        await answer.ProblemAsync(422, code);
    }

    [Fact]
    public async Task Create_TakesHalvesOfCharacters_ForWhatTheyAre()
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.PostJsonAsync(
            Persona.Api, """{"name":"a\ud83d","persona":"\u0000b\ude00"}""");

        var made = await answer.JsonAsync();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(("a\ufffd", "\ufffdb\ufffd"), (made.Text("name"), made.Text("persona")));
    }

    [Fact]
    public async Task Create_RefusesTheOneTooMany_AlsoOfTwoAtOnce()
    {
        await using var small = await Talk.StartAsync("Limits:DigitalHumans=3");
        var speaker = await small.NewSpeakerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            number => speaker.PostAsync(new { name = $"n{number}", persona = "p" }, Persona.Api)));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.ProblemAsync(429, "too_many_digital_humans");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal(3, (await speaker.GetAsync(Persona.Api)).Items().Count);
    }

    private static string Emojis(int count) => string.Concat(Enumerable.Repeat("\U0001F600", count));
}
