namespace Runnel.Server.Tests.Cluster.People;

/// <summary>Everybody who uses the cluster.</summary>
internal sealed class Crowd(Uri proxy) : IAsyncDisposable
{
    private readonly List<Citizen> _citizens = [];
    private CancellationTokenSource _pause = new();
    private Task _talking = Task.CompletedTask;

    /// <summary>An answer has fewer words than this.</summary>
    public int Words { get; init; } = 160;

    /// <summary>Each word takes fewer milliseconds than this.</summary>
    public int Pace { get; init; } = 40;

    /// <summary>What they see at present.</summary>
    public Sightings Sightings { get; private set; } = new();

    public IReadOnlyList<Citizen> Citizens => _citizens;

    public IEnumerable<Talker> Talkers => _citizens.SelectMany(citizen => citizen.Talkers);

    /// <summary>Lets so many people come, each with some conversations, and each of those followed by some, from now on.</summary>
    public async Task ComeAsync(int people, int conversations, int followers, Random random)
    {
        for (var number = 0; number < people; number++)
            _citizens.Add(await Citizen.RegisterAsync(proxy, this, conversations, followers, new Random(random.Next())));
    }

    /// <summary>Lets everybody talk until <see cref="RestAsync"/>, and waits until answers are being written to all.</summary>
    public async Task TalkAsync()
    {
        _pause.Dispose();
        _pause = new();
        var before = Talkers.ToDictionary(talker => talker, talker => talker.Accepted.Count);
        _talking = Task.WhenAll(Talkers.Select(talker => talker.TalkAsync(_pause.Token)));
        while (!_talking.IsCompleted && before.Any(talker => talker.Key.Accepted.Count == talker.Value))
            await Task.Delay(50); // polls: until everybody has said something
        await Task.Delay(500); // polls: until they are in the middle of the answers
        Sightings = new();
    }

    /// <summary>Waits until the answers that are being written have ended, and nobody says more; what they saw.</summary>
    public async Task<Sightings> RestAsync()
    {
        await _pause.CancelAsync();
        await _talking;
        var seen = Sightings;
        Sightings = new();
        return seen;
    }

    /// <summary>Fails with what went wrong, if something did while they talked or followed.</summary>
    public async Task AssertWellAsync()
    {
        if (_talking.IsFaulted)
            await _talking;
        foreach (var roamer in _citizens.SelectMany(citizen => citizen.Roamers).Where(roamer => roamer.Following.IsFaulted))
            await roamer.Following;
    }

    /// <summary>All leave.</summary>
    public async ValueTask DisposeAsync()
    {
        await _pause.CancelAsync();
        _pause.Dispose();
        foreach (var citizen in _citizens)
            await citizen.DisposeAsync();
    }
}
