using Microsoft.Data.Sqlite;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training;

/// <summary>The real process, killed in every step of a round and started again on the same data.</summary>
public class TrainingCrashTests(MortalServer mortal) : IClassFixture<MortalServer>
{
    private const string Message = "My name is Ada. I live in Paris. I like chess.";

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("intent_recognition")]
    [InlineData("knowledge_extraction")]
    [InlineData("question_generation")]
    public async Task ARoundWhoseProcessWasKilledWhileAModelWasAsked_GoesOnFromThere(string step)
    {
        var server = await AliveAsync();
        var human = await server.Speaker.NewHumanAsync();
        var message = $"{Message} [[step={step} tokens=5000 delay=20ms]]";
        using (var stream = await server.Speaker.TrainAsync(human, message, $"c-{human}"))
        {
            await stream.UntilAsync(next => next.IsKind(step == "question_generation" ? "question_chunk" : "node_start", step));
            await server.Process.SignalAsync("KILL");
            await server.Process.ExitAsync();
        }

        // From now on the model answers that step at once, the first time that it is asked.
        server.Upstream.Enqueue((writer, gone) => Runnel.Fakes.Answers.Text(Right(step))(writer, gone));
        await server.StartAgainAsync();

        await AssertWholeAsync(server, human, message, wasCutInQuestion: step == "question_generation");
    }

    [Theory]
    [InlineData("intent_recognition")]
    [InlineData("knowledge_extraction")]
    [InlineData("context_analysis")]
    [InlineData("question_generation")]
    [InlineData("save_message")]
    public async Task ARoundWhoseProcessWasKilledWhileAStepWasCommitted_GoesOnFromThere(string step)
    {
        var server = await AliveAsync();
        var human = await server.Speaker.NewHumanAsync();
        // A commit of this step takes for ever: the process dies in the middle of it, for certain.
        await ChangeAsync(server, $"""
            drop trigger if exists slow;
            create trigger slow before insert on training_steps when new.step = '{step}' begin
              select count(*) from (with recursive n(i) as (select 1 union all select i + 1 from n) select i from n);
            end
            """);
        using (var stream = await server.Speaker.TrainAsync(human, Message, $"c-{human}"))
        {
            await stream.UntilAsync(next => next.IsKind("node_start", step));
            await InTheCommitAsync(server);
            await server.Process.SignalAsync("KILL");
            await server.Process.ExitAsync();
        }

        await ChangeAsync(server, "drop trigger slow");
        await server.StartAgainAsync();

        await AssertWholeAsync(server, human, Message, wasCutInQuestion: null);
    }

    [Fact]
    public async Task RoundsThatWaited_GoOnInTheirOrder()
    {
        var server = await AliveAsync();
        var human = await server.Speaker.NewHumanAsync();
        var held = server.Upstream.Hold();
        using var first = await server.Speaker.TrainAsync(human, "one");
        await held.Begun;
        using var second = await server.Speaker.TrainAsync(human, "two", whenBusy: "enqueue");
        using var third = await server.Speaker.TrainAsync(human, "three", whenBusy: "enqueue");
        await third.UntilAsync("training_queued");
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();

        await server.StartAgainAsync();

        using var stream = await server.Speaker.FollowTrainingAsync(human, "0");
        var ends = new List<SseEvent>();
        while (ends.Count < 3)
            ends.Add((await stream.UntilAsync(Trainer.IsRoundEnd))[^1]);
        Assert.All(ends, end => Assert.Equal(Trainer.Complete, end.Event));
        var items = (await server.Speaker.HistoryAsync(human)).Items();
        Assert.Equal(["one", "two", "three"], items.Select(item => item.Text("content")));
        Assert.Equal(ends.Select(end => end.Text("message_id")), items.Select(item => item.Text("message_id")));
    }

    [Fact]
    public async Task ARoundThatWasToldToStop_EndsSo_AlsoWhenTheProcessDiedBeforeItDid()
    {
        var server = await AliveAsync();
        var human = await server.Speaker.NewHumanAsync();
        var asked = server.Upstream.Requests.Count;
        var held = server.Upstream.Hold();
        using var stream = await server.Speaker.TrainAsync(human, "one");
        await held.Begun;
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        await ChangeAsync(server, "update training_rounds set end_requested = 'stopped' where status = 'running'");

        await server.StartAgainAsync();

        using var after = await server.Speaker.FollowTrainingAsync(human, "0");
        Assert.Equal("stopped", (await after.UntilAsync(Trainer.IsRoundEnd))[^1].Text("code"));
        Assert.Equal(asked + 1, server.Upstream.Requests.Count);
    }

    [Fact]
    public async Task ARoundThatIsNotDoneWhenTheServerStops_GoesOnAfterTheNextStart()
    {
        var server = await AliveAsync();
        var human = await server.Speaker.NewHumanAsync();
        var held = server.Upstream.Hold();
        using var stream = await server.Speaker.TrainAsync(human, Message);
        await held.Begun;
        await server.Process.SignalAsync("TERM");
        await server.Process.ExitAsync();
        var shown = await stream.ToEndAsync();
        Assert.Equal("server_draining", shown[^1].Event);
        Assert.DoesNotContain(shown, Trainer.IsRoundEnd);

        await server.StartAgainAsync();

        await AssertWholeAsync(server, human, Message, wasCutInQuestion: false);
    }

    private Task<LivingServer> AliveAsync() => mortal.AliveAsync("Shutdown:GraceSeconds=0");

    /// <summary>One whole round, seen from its beginning: each step began once and completed once, whatever happened in between; what
    /// it learned is there once.</summary>
    private static async Task AssertWholeAsync(LivingServer server, long human, string message, bool? wasCutInQuestion)
    {
        using var stream = await server.Speaker.FollowTrainingAsync(human, "0");
        var events = await stream.UntilAsync(Trainer.IsRoundEnd);
        var complete = events.AssertWhole();
        if (wasCutInQuestion is { } cut)
            Assert.Equal(cut ? 1 : 0, events.Count(next => next.IsKind("question_reset")));
        var page = await server.Speaker.HistoryAsync(human);
        Assert.Equal((complete.Id, complete.Text("question")), (page.Text("cursor"), page.Items().Single().Text("question")));
        Assert.Equal(["Paris", "User", "chess"], await server.Speaker.KnownNamesAsync(human));
        var edges = (await server.Speaker.KnowledgeAsync(human)).GetProperty("edges");
        Assert.Equal(2, edges.GetArrayLength());
        Assert.All(edges.EnumerateArray(), edge => Assert.Equal(complete.Text("message_id"), edge.Text("message_id")));
        Assert.Equal(Trainer.Steps, complete.Data.GetProperty("usage").GetProperty("steps").EnumerateArray()
            .Select(step => step.Text("step")));
        Assert.Equal(message, page.Items().Single().Text("content"));
    }

    private static string Right(string step) => step switch
    {
        "intent_recognition" => """{"intent":"information_sharing","stage":"initial","extract":true}""",
        "knowledge_extraction" => """
            {"entities":[
            {"name":"User","type":"person","description":null,"properties":[{"name":"name","value":"Ada"}],"confidence":1},
            {"name":"Paris","type":"location","description":null,"properties":[],"confidence":1},
            {"name":"chess","type":"hobby","description":null,"properties":[],"confidence":1}],
            "relations":[
            {"source":"User","target":"Paris","type":"lives in","description":null,"confidence":1},
            {"source":"User","target":"chess","type":"likes","description":null,"confidence":1}]}
            """,
        _ => "And what do you do for a living?",
    };

    /// <summary>Waits until the process holds the database for writing.</summary>
    private static async Task InTheCommitAsync(LivingServer server)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False;Default Timeout=1");
        await connection.OpenAsync(End);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "begin immediate; rollback";
            try
            {
                await command.ExecuteNonQueryAsync(End);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == 5)
            {
                // Nobody else holds it for a whole second.
                return;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "The step was never committed.");
        }
    }

    private static async Task ChangeAsync(LivingServer server, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False");
        await connection.OpenAsync(End);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(End);
    }
}
