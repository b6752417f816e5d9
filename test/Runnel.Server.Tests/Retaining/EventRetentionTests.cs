using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Retaining;

namespace Runnel.Server.Tests.Retaining;

public sealed class EventRetentionTests : IAsyncLifetime
{
    private const string Secret = "seventeen herons";
    private static readonly TimeSpan PastRetention = TimeSpan.FromMinutes(1);

    private readonly FakeTime _time = new();
    private FakeUpstream _upstream = null!;
    private RunnelServer _server = null!;
    private Speaker _speaker = null!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(_time),
            [.. Talk.ModelAt(_upstream), "Streams:RetentionHours=0.01", "Shutdown:GraceSeconds=0", "Limits:StreamsPerUser=500"]);
        _speaker = new Speaker(await _server.NewUserAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task EventsOfAnOldTurn_AreGivenUp_AndCursorsBeforeThem_OpenWithResync_OnBothStreams()
    {
        var old = await _speaker.SayAsync(Secret);
        _time.Advance(PastRetention);
        var fresh = await _speaker.SayAsync("fresh", old.Text("thread_id"));
        await TrimAsync();

        await AssertOpensAsync("resync", $"{old.Text("thread_id")}/stream?after={old.Text("cursor")}");
        await AssertOpensAsync("resync", $"stream?after={old.Text("user_cursor")}");
        await AssertOpensAsync("connected", $"{old.Text("thread_id")}/stream?after={fresh.Text("cursor")}");
        await AssertOpensAsync("connected", $"stream?after={fresh.Text("user_cursor")}");
        using var replay = await _speaker.FollowAsync(old.Text("thread_id"), "0");
        var kept = await replay.UntilAsync(next => next.IsEnd());
        Assert.All(kept[1..], next => Assert.Equal(fresh.Text("turn_id"), next.Text("turn_id")));
        Assert.Equal("user_message", kept[1].Event);
        var messages = (await _speaker.MessagesAsync(old.Text("thread_id"))).Items();
        Assert.Equal([Secret, "You said: " + Secret, "fresh", "You said: fresh"], messages.Select(each => each.Text("content")));
    }

    [Fact]
    public async Task ATurnThatRunsOrWaits_KeepsItsEvents_AndEverythingAfterItsBeginning()
    {
        var before = await _speaker.SayAsync("before");
        var held = _upstream.Hold();
        var running = await _speaker.SendAsync("running", before.Text("thread_id"));
        await held.Begun;
        var waiting = await _speaker.SendBusyAsync("waiting", before.Text("thread_id"), "enqueue");
        var beside = await _speaker.SayAsync("beside");
        _time.Advance(PastRetention);
        await TrimAsync();

        await AssertOpensAsync("resync", $"{before.Text("thread_id")}/stream?after={before.Text("cursor")}");
        await AssertOpensAsync("connected", $"{before.Text("thread_id")}/stream?after={running.Text("cursor")}");
        await AssertOpensAsync("resync", $"{beside.Text("thread_id")}/stream?after={beside.Text("cursor")}");
        await AssertOpensAsync("connected", $"stream?after={running.Text("user_cursor")}");
        await held.SendAsync("text");
        await held.FinishAsync();
        Assert.Contains((await _speaker.TurnAsync(running)).Names(), name => name == TurnEvents.Complete);
        Assert.Contains((await _speaker.TurnAsync(waiting)).Names(), name => name == TurnEvents.Complete);
        _time.Advance(PastRetention);
        await TrimAsync();
        await AssertOpensAsync("resync", $"stream?after={waiting.Text("user_cursor")}");
    }

    [Fact]
    public async Task AMessageThatIsRepeated_WhenItsEventsAreGone_IsAnsweredWithResync_AndTheResponseEnds()
    {
        var body = new { message = "once", client_message_id = "m-1" };
        string thread;
        using (var first = await _speaker.SendAndFollowAsync(body))
            thread = (await first.ToEndAsync())[^1].Text("thread_id");
        _time.Advance(PastRetention);
        await TrimAsync();

        using var again = await _speaker.SendAndFollowAsync(body, thread);

        var only = Assert.Single(await again.ToEndAsync());
        Assert.Equal(("resync", "retention"), (only.Event, only.Text("reason")));
    }

    [Fact]
    public async Task TheTextOfChunks_IsInNoFile_OnceItIsGivenUp()
    {
        // Each word is a chunk of its own; in the messages, which stay, they stand side by side.
        await _speaker.SayAsync("[[tokens=40 delay=1ms]]");
        var chunk = Encoding.UTF8.GetBytes("ai_response_chunk");
        await UntilAsync(() => IsInFiles(chunk));
        _time.Advance(PastRetention);
        await TrimAsync();

        await UntilAsync(() => !IsInFiles(chunk));
    }

    [Fact]
    public async Task MoreStreamsThanAPage_AreAllTrimmed_AlsoBehindThoseThatCannotBe()
    {
        var sent = new List<JsonElement>();
        for (var i = 0; i < TrimPlan.Page + 5; i++)
            sent.Add(await _speaker.SayAsync("short"));
        _time.Advance(PastRetention);
        await TrimAsync();

        foreach (var each in (JsonElement[])[sent[0], sent[TrimPlan.Page], sent[^1]])
            await AssertOpensAsync("resync", $"{each.Text("thread_id")}/stream?after={each.Text("cursor")}");
    }

    private Task TrimAsync() => _server.Services.GetRequiredService<EventRetention>().TrimAsync(End);

    private async Task AssertOpensAsync(string name, string path)
    {
        using var stream = await _speaker.OpenAsync($"{Speaker.Api}/{path}");
        var opening = await stream.NextAsync();
        Assert.Equal(name, opening.Event);
        if (name == "resync")
            Assert.Equal("retention", opening.Text("reason"));
    }

    /// <summary>Waits for the store's own compaction, which only the files tell.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(50, deadline.Token); // polls: only the files tell
    }

    private bool IsInFiles(byte[] text) => Directory.GetFiles(_server.DataDirectory, "runnel.db*")
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
        .Any(file => Read(file).AsSpan().IndexOf(text) >= 0);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
