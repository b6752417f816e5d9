using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Transfer;

/// <summary>What clients of a server see once it runs on what was imported.</summary>
[Collection(nameof(CarriedWorld))]
public class CarriedServerTests(CarriedWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task AnOldCursor_InTheMiddleOfAnAnswer_GivesExactlyTheRest(string kind)
    {
        var middle = world.Answer.FindIndex(next => next.Event == TurnEvents.Chunk);
        using var stream = await world.AnnaOn(kind).FollowAsync(world.Sent.Text("thread_id"), world.Answer[middle].Id);

        var rest = await stream.UntilAsync(next => next.IsEnd());

        Assert.Equal("connected", rest[0].Event);
        Assert.Equal(world.Answer[^1].Id, rest[^1].Id);
        Assert.Equal(world.Answer[^1].Data.ToString(), rest[^1].Data.ToString());
        Assert.Equal(world.Answer[(middle + 1)..].Joined(), rest.Joined());
        Assert.Equal(string.Concat(Enumerable.Repeat(CarriedWorld.Piece, 40)), rest[^1].Text("final_content"));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task AnOldCursor_OfAllConversations_GivesTheSameEvents(string kind)
    {
        using var stream = await world.AnnaOn(kind).FollowAllAsync(world.OwnCursor);

        var events = await stream.UntilAsync(next => next.IsEnd());

        Assert.Equal(world.OwnEvents[^1].Id, events[^1].Id);
        Assert.Equal(world.OwnEvents.Joined(), events.Joined());
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task WhoWasSignedIn_StaysSo_AndPasswordsAndKeysAreGood(string kind)
    {
        var bySession = await world.AnnaOn(kind).GetAsync("/api/v1/auth/me");
        var byKey = await world.With(kind, "Bearer " + world.ApiKey).GetAsync("/api/v1/auth/me");
        using var again = await world.Anna.LoginAgainAsync(world.On(kind));

        Assert.Equal("anna@example.org", bySession.GetProperty("user").Text("email"));
        Assert.Equal("anna@example.org", byKey.GetProperty("user").Text("email"));
        Assert.Equal(HttpStatusCode.OK, await again.MeAsync());
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task WhatWasLearned_IsFound_AndMoreCanBeLearned(string kind)
    {
        var anna = world.AnnaOn(kind);
        var search = world.On(kind).Services.GetRequiredService<KnowledgeSearch>();

        var found = await search.FindAsync(world.Human, "Do you play chess?", 2_000, Token);
        (await anna.TeachAsync(world.Human, "I work at Acme.")).AssertWhole();

        Assert.Contains(found, fact => fact.Text.Contains("chess", StringComparison.OrdinalIgnoreCase));
        var known = await anna.KnownNamesAsync(world.Human);
        Assert.Contains("Paris", known);
        Assert.Contains("Acme", known);
        Assert.Contains(
            await search.FindAsync(world.Human, "Who is at Acme?", 2_000, Token),
            fact => fact.Text.Contains("Acme", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task ARepetition_IsTheSameTurn_AndTheNextMessageTakesTheNextNumber(string kind)
    {
        var anna = world.AnnaOn(kind);
        var thread = world.Sent.Text("thread_id");

        using var repeated = await anna.PostAsync(new { message = "hello", client_message_id = "c-hello" });
        var before = (await anna.MessagesAsync(thread)).Text("cursor");
        var next = await anna.SendAsync("go on", thread);
        var turn = await anna.TurnAsync(next);

        Assert.Equal(world.Sent.Text("turn_id"), (await repeated.JsonAsync()).Text("turn_id"));
        Assert.Equal(before, next.Text("cursor"));
        Assert.Equal(TurnEvents.Number(before) + 1, TurnEvents.Number(turn[0].Id));
        Assert.Equal("You said: go on", turn.Joined());
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task AnAnswerThatWasBeingWritten_EndsWithTheTextThatItHad(string kind)
    {
        var turn = await world.AnnaOn(kind).TurnAsync(world.Running);

        Assert.Equal("before ", turn.Joined());
        Assert.Equal(("interrupted", "before "), (turn[^1].Text("code"), turn[^1].Text("partial_content")));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task WhatWasDeleted_StaysSo_AndItsIdsAreNotGivenAgain(string kind)
    {
        var anna = world.AnnaOn(kind);

        using var deleted = await anna.Client.GetAsync(
            new Uri($"{Speaker.Api}/{world.DeletedThread}/messages", UriKind.Relative), Token);
        var made = await anna.NewHumanAsync();

        await deleted.ProblemAsync(404, "conversation_not_found");
        Assert.True(made > world.DeletedHuman, $"{made} was given before.");
    }

    [Theory]
    [InlineData("Sqlite", "Postgres")]
    [InlineData("Postgres", "Sqlite")]
    public async Task WhileAServerWrites_AWholeStateIsExported(string kind, string other)
    {
        var anna = world.AnnaOn(kind);
        var sent = await anna.SendAsync("one more");

        var file = await Carrier.ExportAsync(world.SettingsOf(kind));
        await anna.TurnAsync(sent);

        var settings = await world.EmptyAsync(other);
        await Carrier.ImportAsync(file, settings);
        var rows = ExportText.Of(file).Rows();
        Assert.Contains(rows["turns"], turn => turn.Contains(sent.Text("turn_id"), StringComparison.Ordinal));
        var without = (string row) => row.Replace("\\u0000", "\uFFFD", StringComparison.Ordinal);
        Assert.Equal(
            rows.SelectMany(table => table.Value).Select(without),
            ExportText.Of(await Carrier.ExportAsync(settings)).Rows().SelectMany(table => table.Value).Select(without));
    }
}
