using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Runnel.Server.Hosting.Start;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Knowledge;
using Runnel.Streams.Postgres.Database;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Persistence.Postgres;

/// <summary>The server with its data in PostgreSQL: what differs from SQLite. <c>RUNNEL_TEST_DATABASE=Postgres</c> runs all tests
/// so.</summary>
public class PostgresServerTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_IsStreamedAndKept_AndEveryCursorGoesOn()
    {
        var speaker = await postgres.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        var again = await speaker.SayAsync("and again", sent.Text("thread_id"));

        var first = await speaker.TurnAsync(sent);
        var second = await speaker.TurnAsync(again);

        var messages = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items();
        Assert.Equal(
            ["hello", first.Joined(), "and again", second.Joined()], messages.Select(message => message.Text("content")));
        Assert.Equal(TurnEvents.Complete, second[^1].Event);
    }

    [Fact]
    public async Task AMessageThatInterrupts_GoesAheadOfOneThatWaits()
    {
        var speaker = await postgres.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        var held = postgres.Upstream.Hold();
        var running = await speaker.SendAsync("first", thread);
        await held.Begun;
        var waiting = await speaker.SendBusyAsync("waiting", thread, "enqueue");

        var urgent = await speaker.SendBusyAsync("urgent", thread, "interrupt");

        Assert.Equal("stopped", (await speaker.TurnAsync(running))[^1].Text("finish_reason"));
        Assert.Equal(TurnEvents.Complete, (await speaker.TurnAsync(urgent))[^1].Event);
        Assert.Equal(TurnEvents.Complete, (await speaker.TurnAsync(waiting))[^1].Event);
        Assert.Equal(
            ["first", "", "urgent", "You said: urgent", "waiting", "You said: waiting"],
            (await speaker.MessagesAsync(thread)).Items().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task WhatWasLearned_IsFound_InWordsAndInCharacters()
    {
        var pupil = await Pupil.NewAsync(postgres.Server);
        await pupil.LearnAsync("m1", All(Person("Ann", "A doctor."), Thing("\u5317\u4eac", EntityType.Location, "\u9996\u90fd"))
            .With(Relation("Ann", "lives in", "\u5317\u4eac")));
        var other = await Pupil.NewAsync(postgres.Server);
        await other.LearnAsync("m1", Person("Ann", "Somebody else."));

        var found = await pupil.FindAsync("Where is ann?");
        var inChinese = await pupil.FindAsync("\u4f4f\u5728\u5317\u4eac\u5e02");

        Assert.Contains(found, fact => fact.Text.Contains("A doctor.", StringComparison.Ordinal));
        Assert.DoesNotContain(found, fact => fact.Text.Contains("Somebody else.", StringComparison.Ordinal));
        Assert.Contains(inChinese, fact => fact.Text.Contains("\u5317\u4eac", StringComparison.Ordinal));
        Assert.Empty(await pupil.FindAsync("'): * & | ! (quantum"));
    }

    [Fact]
    public async Task Model_AgreesWithTheTables_ThatTheMigrationsMake()
    {
        await using var connection = new NpgsqlConnection(
            postgres.Server.Services.GetRequiredService<PostgresDatabase>().ConnectionString);
        await connection.OpenAsync(Token);
        await using var scope = postgres.Server.Services.CreateAsyncScope();

        var differences = ModelComparison.Differences(
            scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Model, table => Columns(connection, table));

        Assert.Empty(differences);
    }

    [Fact]
    public async Task OfManyWhoRegisterAtOnce_OneIsTheAdministrator_AndAnAddressIsTakenOnce()
    {
        await using var server = await RunnelServer.StartAsync(await SharedPostgres.SettingsAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => server.Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = $"user{i / 2}@example.org", password = "correct horse" }, Token)));

        Assert.Equal(6, answers.Count(answer => answer.IsSuccessStatusCode));
        Assert.Equal(6, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        await using var scope = server.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Users
            .CountAsync(user => user.IsAdministrator, Token));
    }

    [Theory]
    [InlineData("", "must lead to PostgreSQL")]
    [InlineData("Data Source=secret.db", "must lead to PostgreSQL")]
    [InlineData("Host=127.0.0.1;Port=1;Username=somebody;Password=secret;Database=runnel", "cannot be used")]
    public async Task AServerThatCannotReachItsDatabase_SaysWhatToDo_AndNoPassword(string connection, string sentence)
    {
        var failure = await Record.ExceptionAsync(
            () => RunnelServer.StartAsync("Database:Provider=Postgres", "Database:ConnectionString=" + connection));

        var line = StartFailure.Explain(failure!);
        Assert.Contains(sentence, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    private static Dictionary<string, bool> Columns(NpgsqlConnection connection, string table)
    {
        using var command = new NpgsqlCommand(
            "select column_name, is_nullable = 'YES' from information_schema.columns where table_name = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        using var reader = command.ExecuteReader();
        var columns = new Dictionary<string, bool>();
        while (reader.Read())
            columns.Add(reader.GetString(0), reader.GetBoolean(1));
        return columns;
    }
}
