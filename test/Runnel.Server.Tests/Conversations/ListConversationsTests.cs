using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class ListConversationsTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task List_PagesByNextBefore_NewestActivityFirst()
    {
        var speaker = await talk.NewSpeakerAsync();
        var threads = new List<string>();
        for (var i = 0; i < 5; i++)
            threads.Add(await speaker.CreateAsync($"number {i}"));
        await speaker.SayAsync("newest", threads[1]);

        string[] expected = [threads[1], threads[4], threads[3], threads[2], threads[0]];
        Assert.Equal(expected, await PageThroughAsync(speaker, limit: 2));
        Assert.Equal(expected, await PageThroughAsync(speaker, limit: 5));
        Assert.Equal(expected, await PageThroughAsync(speaker, limit: 1));
    }

    [Fact]
    public async Task List_NeitherRepeatsNorHidesLaterPages_WhenSomethingHappensInBetween()
    {
        var speaker = await talk.NewSpeakerAsync();
        var threads = new List<string>();
        for (var i = 0; i < 4; i++)
            threads.Add(await speaker.CreateAsync());
        var first = await speaker.GetAsync($"{Speaker.Api}?limit=2");

        await speaker.CreateAsync();
        await speaker.SayAsync("to a thread of the first page", threads[3]);
        var second = await speaker.GetAsync(
            $"{Speaker.Api}?limit=2&before={Uri.EscapeDataString(first.Text("next_before"))}");

        Assert.Equal([threads[1], threads[0]], Threads(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_before").ValueKind);
    }

    [Fact]
    public async Task List_SaysWhichConversationHasARunningTurn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var quiet = await speaker.CreateAsync();
        var thread = (await speaker.SendAsync("hello")).Text("thread_id");

        var rows = (await speaker.GetAsync(Speaker.Api)).Items();
        Assert.Equal([thread, quiet], rows.Select(row => row.Text("thread_id")));
        Assert.Equal([true, false], rows.Select(row => row.GetProperty("running").GetBoolean()));

        using var stream = await speaker.FollowAsync(thread);
        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
        Assert.All((await speaker.GetAsync(Speaker.Api)).Items(), row => Assert.False(row.GetProperty("running").GetBoolean()));
    }

    [Fact]
    public async Task List_MovesAConversationUp_WhenItsAnswerEnds()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello");
        await held.Begun;
        var later = await speaker.CreateAsync();
        Assert.Equal([later, sent.Text("thread_id")], Threads(await speaker.GetAsync(Speaker.Api)));

        await held.FinishAsync();
        await speaker.EndedAsync(sent);

        Assert.Equal([sent.Text("thread_id"), later], Threads(await speaker.GetAsync(Speaker.Api)));
    }

    [Theory]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=201", "invalid_limit")]
    [InlineData("limit=x", "invalid_limit")]
    [InlineData("limit=", "invalid_limit")]
    [InlineData("limit=1&limit=2", "invalid_limit")]
    [InlineData("before=yesterday", "invalid_before")]
    [InlineData("before=_", "invalid_before")]
    [InlineData("before=", "invalid_before")]
    [InlineData("before=2026-01-01T00:00:00Z_", "invalid_before")]
    public async Task List_RefusesALimitOrAPlaceThatItCannotUnderstand(string query, string code)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Speaker.Api}?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, code);
    }

    private static async Task<List<string>> PageThroughAsync(Speaker speaker, int limit)
    {
        var threads = new List<string>();
        var before = "";
        do
        {
            var page = await speaker.GetAsync($"{Speaker.Api}?limit={limit}{before}");
            Assert.InRange(page.Items().Count, 1, limit);
            threads.AddRange(Threads(page));
            before = page.GetProperty("next_before").GetString() is { } next ? $"&before={Uri.EscapeDataString(next)}" : null;
        }
        while (before is not null);

        return threads;
    }

    private static IEnumerable<string> Threads(JsonElement page) => page.Items().Select(row => row.Text("thread_id"));
}
