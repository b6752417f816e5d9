using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.DigitalHumans;

public class ChangeDigitalHumanTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Change_LeavesWhatTheBodyDoesNotName_AndNullTakesBack()
    {
        var speaker = await talk.NewSpeakerAsync();
        using var answer = await speaker.PostAsync(
            new { name = "Ada", persona = "p", greeting = "hi", model = "fake", temperature = 1, is_public = true }, Persona.Api);
        var made = await answer.JsonAsync();

        using var first = await speaker.ChangeAsync(made, new { name = " Bea ", greeting = (string?)null });
        var changed = await first.JsonAsync();
        using var second = await speaker.ChangeAsync(
            made, new { model = (string?)null, temperature = (double?)null, is_public = (bool?)null });
        var again = await second.JsonAsync();

        Assert.Equal(("Bea", "p", "fake"), (changed.Text("name"), changed.Text("persona"), changed.Text("model")));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("greeting").ValueKind);
        Assert.Equal(1, changed.GetProperty("temperature").GetDouble());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("model").ValueKind);
        Assert.Equal(JsonValueKind.Null, again.GetProperty("temperature").ValueKind);
        Assert.True(again.GetProperty("is_public").GetBoolean());
        Assert.Equal(again.GetRawText(), (await speaker.GetAsync(Persona.PathOf(made))).GetRawText());
    }

    [Fact]
    public async Task Change_OfNothing_ChangesNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        var made = await speaker.MakeHumanAsync();

        using var answer = await speaker.ChangeAsync(made, new { unknown = 1 });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(made.GetRawText(), (await answer.JsonAsync()).GetRawText());
    }

    [Theory]
    [InlineData("""{"name":null}""", "empty_name")]
    [InlineData("""{"persona":""}""", "empty_persona")]
    [InlineData("""{"temperature":3}""", "invalid_temperature")]
    [InlineData("""{"name":"fine","model":"none such"}""", "unknown_model")]
    public async Task Change_ThatIsRefused_ChangesNothing(string body, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var made = await speaker.MakeHumanAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await speaker.Client.PatchAsync(
            new Uri(Persona.PathOf(made), UriKind.Relative), content, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(422, code);
        Assert.Equal(made.GetRawText(), (await speaker.GetAsync(Persona.PathOf(made))).GetRawText());
    }

    [Fact]
    public async Task Changes_OfDifferentMembersAtOnce_AllHold()
    {
        var speaker = await talk.NewSpeakerAsync();
        var made = await speaker.MakeHumanAsync();

        var answers = await Task.WhenAll(
            speaker.ChangeAsync(made, new { name = "N" }), speaker.ChangeAsync(made, new { persona = "P" }),
            speaker.ChangeAsync(made, new { greeting = "G" }), speaker.ChangeAsync(made, new { temperature = 0.5 }),
            speaker.ChangeAsync(made, new { is_public = true }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var read = await speaker.GetAsync(Persona.PathOf(made));
        Assert.Equal(("N", "P", "G"), (read.Text("name"), read.Text("persona"), read.Text("greeting")));
        Assert.Equal((0.5, true), (read.GetProperty("temperature").GetDouble(), read.GetProperty("is_public").GetBoolean()));
    }
}
