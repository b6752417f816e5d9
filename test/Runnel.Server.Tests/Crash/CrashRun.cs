using System.Diagnostics;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>People who write and follow, and a server that is killed under them, again and again.</summary>
internal sealed class CrashRun : IAsyncDisposable
{
    private const int People = 3;
    private const int DialoguesEach = 2;
    private const int Killed = 128 + 9;

    private readonly LivingServer _server;
    private readonly List<Person> _people = [];
    private readonly Dictionary<Dialogue, long> _seenAnswers = [];

    private CrashRun(LivingServer server) => _server = server;

    public Tally Tally { get; } = new();

    private Uri Address => _server.Speaker.Client.BaseAddress!;

    public static async Task<CrashRun> StartAsync(Random random)
    {
        var run = new CrashRun(await LivingServer.StartAsync(
            "Limits:RequestsPerMinute=1000000", "Limits:StreamsPerUser=1000", "Logging:LogLevel:Default=Warning",
            "Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"));
        for (var i = 0; i < People; i++)
            run._people.Add(await Person.RegisterAsync(run.Address, i, DialoguesEach, random));
        return run;
    }

    /// <summary>Lets them live together for a time, kills the server, starts it again, and compares.</summary>
    /// <param name="life">How long.</param>
    /// <param name="isWarm">Whether it counts from the first whole answer, or from the first request.</param>
    public async Task RoundAsync(TimeSpan life, bool isWarm)
    {
        var living = _people.ConvertAll(person => person.LiveAsync(Address));
        if (isWarm)
            await Task.WhenAny([.. _people.SelectMany(person => person.Dialogues, (_, talk) => talk.Answered), .. living]);
        await Task.Delay(life); // polls: the length of the server's life is what the round is about
        await _server.Process.SignalAsync("KILL");
        Assert.Equal(Killed, await _server.Process.ExitAsync());
        await Task.WhenAll(living);
        var start = Stopwatch.StartNew();
        await _server.StartAgainAsync();
        Tally.Starts.Add(start.Elapsed);
        Tally.Rounds++;
        await CompareAsync(isLast: false);
    }

    /// <summary>Lets everybody read to the end of the log and compares once more, to the last character.</summary>
    public Task FinishAsync() => CompareAsync(isLast: true);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task CompareAsync(bool isLast)
    {
        var ready = Stopwatch.StartNew();
        (Tally.Seen, Tally.Turns, Tally.Interrupted) = (0, 0, 0);
        await Task.WhenAll(_people.ConvertAll(person => CompareAsync(person, ready, isLast)));
    }

    private async Task CompareAsync(Person person, Stopwatch ready, bool isLast)
    {
        var speaker = person.At(Address);
        using var client = speaker.Client;
        var all = await Log.ReadAsync(speaker, Person.Path, ready);
        await CompareAsync(speaker, person.Followers, all, isLast);
        foreach (var dialogue in person.Dialogues)
        {
            var log = await Log.ReadAsync(speaker, dialogue.Path, ready);
            await CompareAsync(speaker, dialogue.Followers, log, isLast);
            Assert.Equal(log.Of(dialogue.Thread), all.Of(dialogue.Thread));
            await CompareAsync(speaker, dialogue, log);
        }

        var own = person.Dialogues.Select(dialogue => dialogue.Thread).ToHashSet();
        Assert.All(all.Lines, line => Assert.Contains(line.Thread, own));
    }

    private async Task CompareAsync(Speaker speaker, IEnumerable<Follower> followers, Transcript log, bool isLast)
    {
        foreach (var follower in followers)
        {
            follower.Seen.AssertBegins(log);
            if (isLast)
                await follower.CatchUpAsync(speaker, log);
            lock (Tally)
                (Tally.Seen, Tally.Compared) = (Tally.Seen + follower.Seen.Events, Tally.Compared + follower.Seen.Events);
        }
    }

    private async Task CompareAsync(Speaker speaker, Dialogue dialogue, Transcript log)
    {
        var answers = dialogue.TakeAnswers();
        answers.ForEach(answer => answer.AssertBegins(log));
        var seen = answers.Sum(answer => answer.Events);
        var stories = Verdict.Stories(log);
        Verdict.AssertAccepted(dialogue.Accepted, stories);
        await Verdict.AssertHistoryAsync(speaker, dialogue.Thread, log, stories);
        lock (Tally)
        {
            _seenAnswers[dialogue] = _seenAnswers.GetValueOrDefault(dialogue) + seen;
            (Tally.Seen, Tally.Compared) = (Tally.Seen + _seenAnswers[dialogue], Tally.Compared + seen);
            Tally.Turns += stories.Count;
            Tally.Interrupted += stories.Values.Count(story => story.IsInterrupted);
        }
    }
}
