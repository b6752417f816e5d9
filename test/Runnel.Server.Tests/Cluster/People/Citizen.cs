using System.Net.Http.Headers;
using System.Net.Http.Json;
using Runnel.Server.Tests.Crash;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster.People;

/// <summary>Somebody with several conversations, all of which are followed several times, each alone and all together.</summary>
internal sealed class Citizen : IAsyncDisposable
{
    private readonly AuthenticationHeaderValue _token;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _over = new();
    private readonly List<Talker> _talkers = [];
    private readonly List<Roamer> _all = [];

    private Citizen(HttpClient client) => (_client, _token) = (client, client.DefaultRequestHeaders.Authorization!);

    public IReadOnlyList<Talker> Talkers => _talkers;

    /// <summary>Who follow all conversations over one stream.</summary>
    public IReadOnlyList<Roamer> Followers => _all;

    public IEnumerable<Roamer> Roamers => _all.Concat(_talkers.SelectMany(talker => talker.Followers));

    /// <param name="proxy">Where all servers are reached.</param>
    /// <param name="crowd">To whom they tell what they see.</param>
    /// <param name="conversations">How many they have.</param>
    /// <param name="followers">By how many each is followed.</param>
    /// <param name="random">Chooses.</param>
    public static async Task<Citizen> RegisterAsync(
        Uri proxy, Crowd crowd, int conversations, int followers, Random random)
    {
        var client = new HttpClient { BaseAddress = proxy, Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = $"{Guid.NewGuid():N}@example.org", password = "correct horse" });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.JsonAsync()).Text("access_token");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var citizen = new Citizen(client);
        Roamer NewRoamer(string path, bool isRestless) => new(client, crowd, path, new Random(random.Next()), isRestless);
        citizen._all.AddRange([NewRoamer(Person.Path, false), NewRoamer(Person.Path, true)]);
        for (var number = 0; number < conversations; number++)
        {
            var thread = await new Speaker(client).CreateAsync();
            var path = $"{Speaker.Api}/{thread}/stream";
            citizen._talkers.Add(new Talker(
                client, crowd, thread, new Random(random.Next()),
                [.. Enumerable.Range(0, followers).Select(follower => NewRoamer(path, isRestless: follower == 1))]));
        }

        foreach (var roamer in citizen.Roamers)
            roamer.Begin(citizen._over.Token);
        return citizen;
    }

    /// <summary>They, at one of the servers.</summary>
    public Speaker At(Uri server)
    {
        var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = _token;
        return new Speaker(client);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var roamer in Roamers)
            await roamer.Following.ContinueWith(_ => { }, TaskScheduler.Default);
        _client.Dispose();
        _over.Dispose();
    }
}
