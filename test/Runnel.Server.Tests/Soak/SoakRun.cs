using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Soak;

/// <summary>A real server and a model that misbehaves, people who write and stop in several conversations, and a kill now and
/// then.</summary>
internal sealed class SoakRun : IAsyncDisposable
{
    private const int Talks = 6;
    private const int TurnsOfOneLife = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LivingServer _server;
    private readonly Random _random;
    private readonly List<string> _threads = [];
    private readonly Dictionary<string, string> _accepted = [];
    private int _kills;

    private SoakRun(LivingServer server, Random random) => (_server, _random) = (server, random);

    public static async Task<SoakRun> StartAsync(Random random)
    {
        var run = new SoakRun(
            await LivingServer.StartAsync(
                "Models:Timeouts:FirstTokenSeconds=1", "Models:Timeouts:StallSeconds=1",
                "Models:Providers:0:RetryAfterText=true", "Limits:RequestsPerMinute=1000000", "Limits:RunningTurnsPerUser=100"),
            random);
        for (var i = 0; i < Talks; i++)
            run._threads.Add(await run._server.Speaker.CreateAsync());
        return run;
    }

    /// <summary>Sends so many messages, stops some of their turns, and kills the server among them.</summary>
    public async Task LiveAsync(int turns)
    {
        for (var number = 1; number <= turns; number++)
        {
            await SendAsync(number);
            if (_random.Next(4) == 0)
                await StopAsync();
            if (number % TurnsOfOneLife == 0)
                await DieAsync();
        }
    }

    /// <summary>Waits for the last end and counts; fails where a turn has none, or two, or its text is not that of its events.
    /// </summary>
    public async Task<string> CompareAsync()
    {
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["kills"] = _kills };
        foreach (var thread in _threads)
        {
            var ends = await EndsAsync(thread);
            foreach (var (turn, events) in ends)
            {
                var end = Assert.Single(events, next => next.IsEnd());
                Assert.Same(end, events[^1]);
                var kind = end.Event == TurnEvents.Complete ? end.Text("finish_reason") : end.Text("code");
                tally[kind] = tally.GetValueOrDefault(kind) + 1;
                var last = events.FindLastIndex(next => next.Event == TurnEvents.Reset) + 1;
                Assert.Equal(
                    end.Text(end.Event == TurnEvents.Complete ? "final_content" : "partial_content"), events[last..].Joined());
            }

            Assert.Equal(_accepted.Where(turn => turn.Value == thread).Select(turn => turn.Key).Order(), ends.Keys.Order());
        }

        return string.Join('\n', tally.Select(row => $"{row.Key,-24}{row.Value,8}"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task SendAsync(int number)
    {
        var thread = _threads[_random.Next(Talks)];
        using var answer = await _server.Speaker.PostAsync(
            new { message = $"{number} {Fault()}", thread_id = thread, when_busy = Policy() });
        var body = await answer.JsonAsync();
        if (answer.IsSuccessStatusCode)
            _accepted.Add(body.Text("turn_id"), thread);
        else
            Assert.Equal("turn_running", body.Text("code"));
    }

    private async Task StopAsync()
    {
        using var answer = await _server.Speaker.Client.PostAsJsonAsync(
            $"{Speaker.Api}/{_threads[_random.Next(Talks)]}/stop", new { });
        answer.EnsureSuccessStatusCode();
    }

    private async Task DieAsync()
    {
        await _server.Process.SignalAsync("KILL");
        await _server.Process.ExitAsync();
        await _server.StartAgainAsync();
        _kills++;
    }

    private string Policy() => _random.Next(4) switch { 0 => "reject", 1 => "interrupt", _ => "enqueue" };

    private string Fault()
    {
        string[] faults =
        [
            "fault=503", "fault=429@1", "fault=401", "fault=reset", "fault=hang", "fault=hang@AT", "fault=reset@AT",
            "fault=close@AT", "fault=badjson@AT", "fault=errchunk@AT", "fault=nofinish", "fault=nodone", "utf8", "crlf comments", "",
        ];
        var at = _random.Next(30).ToString(CultureInfo.InvariantCulture);
        return $"[[tokens=30 delay={_random.Next(30)}ms reasoning={_random.Next(3)} "
            + $"{faults[_random.Next(faults.Length)].Replace("AT", at, StringComparison.Ordinal)}]]";
    }

    /// <summary>The events of each turn of a conversation, when nothing runs and waits in it any more.</summary>
    private async Task<Dictionary<string, List<SseEvent>>> EndsAsync(string thread)
    {
        var accepted = _accepted.Values.Count(other => other == thread);
        var events = new List<SseEvent>();
        using var stream = await _server.Speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?after=0&accumulated=false");
        while (events.Count(next => next.IsEnd()) < accepted)
            events.Add(await stream.NextAsync().WaitAsync(Patience));
        return events.Where(next => next.Data.TryGetProperty("turn_id", out var turn) && turn.ValueKind == JsonValueKind.String)
            .GroupBy(next => next.Text("turn_id"))
            .ToDictionary(turn => turn.Key, turn => turn.ToList());
    }
}
