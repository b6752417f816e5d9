using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.DigitalHumans;

public class OwnershipTests(Talk talk) : IClassFixture<Talk>
{
    /// <summary>Method, what follows the path of a digital human, whether another may do it with a public one.</summary>
    public static TheoryData<string, string, bool> OfOne => new()
    {
        { "GET", "", true },
        { "PATCH", "", false },
        { "DELETE", "", false },
    };

    [Theory]
    [MemberData(nameof(OfOne))]
    public async Task AnothersPrivateOne_IsAsIfItWereNotThere(string method, string rest, bool isForAll)
    {
        var (owner, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var hidden = await owner.MakeHumanAsync();
        var shown = await owner.MakeHumanAsync(isPublic: true);

        foreach (var path in new[] { Persona.PathOf(hidden), Persona.Api + "/999999999", Persona.Api + "/-1" })
        {
            using var answer = await RequestAsync(other.Client, method, path + rest);
            await answer.ProblemAsync(404, "digital_human_not_found");
        }

        using var ofPublic = await RequestAsync(other.Client, method, Persona.PathOf(shown) + rest);
        if (isForAll)
            Assert.True(ofPublic.IsSuccessStatusCode);
        else
            await ofPublic.ProblemAsync(404, "digital_human_not_found");
        Assert.Equal(2, (await owner.GetAsync($"{Persona.Api}?own=true")).Items().Count);
        Assert.Equal(shown.GetRawText(), (await owner.GetAsync(Persona.PathOf(shown))).GetRawText());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    public async Task WhatIsNoId_IsNotThere(string id)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await RequestAsync(speaker.Client, "GET", $"{Persona.Api}/{id}");

        await answer.ProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task PublicOne_IsGoneForOthers_WhenItBecomesPrivate()
    {
        var (owner, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var made = await owner.MakeHumanAsync(isPublic: true);
        await other.GetAsync(Persona.PathOf(made));

        using var change = await owner.ChangeAsync(made, new { is_public = false });

        using var answer = await RequestAsync(other.Client, "GET", Persona.PathOf(made));
        await answer.ProblemAsync(404, "digital_human_not_found");
    }

    [Fact]
    public async Task Id_IsNeverGivenAgain_AfterADeletion()
    {
        var speaker = await talk.NewSpeakerAsync();
        var made = await speaker.MakeHumanAsync();

        using var answer = await speaker.DeleteAsync(made);
        using var again = await speaker.DeleteAsync(made);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await again.ProblemAsync(404, "digital_human_not_found");
        Assert.True((await speaker.MakeHumanAsync()).Id() > made.Id());
    }

    private static Task<HttpResponseMessage> RequestAsync(HttpClient client, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "DELETE"))
            request.Content = JsonContent.Create(new { name = "mine now" });
        return client.SendAsync(request);
    }
}
