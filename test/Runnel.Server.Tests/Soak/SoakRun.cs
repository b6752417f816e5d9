namespace Runnel.Server.Tests.Soak;

/// <summary>A real server and a model that misbehaves, people who do all that may be done to an answer, and a kill now and
/// then.</summary>
internal sealed class SoakRun : IAsyncDisposable
{
    private const int TurnsOfOneLife = 35;

    private readonly SoakServer _server;
    private readonly List<SoakPerson> _people;

    private SoakRun(SoakServer server, SoakTally tally, List<SoakPerson> people) =>
        (_server, Tally, _people) = (server, tally, people);

    public SoakTally Tally { get; }

    public static async Task<SoakRun> StartAsync(int people, int turns, Random random)
    {
        var tally = new SoakTally(turns);
        var server = await SoakServer.StartAsync(tally);
        return new SoakRun(
            server, tally, [.. Enumerable.Range(0, people).Select(_ => new SoakPerson(server, tally, random.Next()))]);
    }

    /// <summary>Lets people live until there were enough turns, and kills the server among them.</summary>
    public async Task LiveAsync()
    {
        var living = Task.WhenAll(_people.Select(person => person.LiveAsync()));
        for (var turns = TurnsOfOneLife; await Tally.ReachAsync(turns, living); turns += TurnsOfOneLife)
            await _server.DieAsync();
        await living;
    }

    /// <summary>Waits for the last ends and counts them; fails where a turn has none, or two, or its text is not that of its
    /// events.</summary>
    public async Task CompareAsync()
    {
        await Task.WhenAll(_people.Select(person => person.CompareAsync()));
        string[] wrong = [SoakTally.Unended, SoakTally.EndedTwice, SoakTally.Late, SoakTally.Untrue, SoakTally.Unknown];
        Assert.All(wrong, what => Assert.True(Tally[what] == 0, Tally.ToString()));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
