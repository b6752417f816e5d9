using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.DigitalHumans;

public class ListDigitalHumansTests
{
    [Fact]
    public async Task List_HasOnesOwnAndPublicOnes_TheNewestFirst()
    {
        await using var talk = await Talk.StartAsync();
        var (speaker, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        await speaker.MakeHumanAsync("own");
        await other.MakeHumanAsync("private of another");
        await other.MakeHumanAsync("public of another", isPublic: true);
        await speaker.MakeHumanAsync("own and public", isPublic: true);

        var rows = (await speaker.GetAsync(Persona.Api)).Items();

        Assert.Equal(["own and public", "public of another", "own"], rows.Select(row => row.Text("name")));
        Assert.Equal([true, false, true], rows.Select(row => row.GetProperty("is_own").GetBoolean()));
        Assert.Equal(["own and public", "own"], Names(await speaker.GetAsync($"{Persona.Api}?own=true")));
        Assert.Equal(["public of another"], Names(await speaker.GetAsync($"{Persona.Api}?own=false")));
    }

    [Fact]
    public async Task List_PagesByNextBefore_WhateverIsMadeAndDeletedMeanwhile()
    {
        await using var talk = await Talk.StartAsync();
        var speaker = await talk.NewSpeakerAsync();
        var made = new List<JsonElement>();
        for (var i = 0; i < 5; i++)
            made.Add(await speaker.MakeHumanAsync($"n{i}"));

        var first = await speaker.GetAsync($"{Persona.Api}?limit=2");
        await speaker.MakeHumanAsync("later");
        using var deleted = await speaker.DeleteAsync(made[3]);
        var second = await speaker.GetAsync($"{Persona.Api}?limit=2&before={first.Text("next_before")}");
        var third = await speaker.GetAsync($"{Persona.Api}?limit=2&before={second.Text("next_before")}");

        Assert.Equal([["n4", "n3"], ["n2", "n1"], ["n0"]], new[] { Names(first), Names(second), Names(third) });
        Assert.Equal(JsonValueKind.Null, third.GetProperty("next_before").ValueKind);
    }

    [Theory]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=201", "invalid_limit")]
    [InlineData("before=x", "invalid_before")]
    [InlineData("before=-1", "invalid_before")]
    [InlineData("before=99999999999999999999", "invalid_before")]
    [InlineData("own=1", "invalid_own")]
    public async Task List_RefusesAPageThatCannotBe(string query, string code)
    {
        await using var talk = await Talk.StartAsync();
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Persona.Api}?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, code);
    }

    private static List<string> Names(JsonElement page) => [.. page.Items().Select(row => row.Text("name"))];
}
