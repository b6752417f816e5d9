using System.Net.Http.Headers;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>Somebody with several conversations, who also follows all of them over one stream. Their token outlives the server.
/// </summary>
internal sealed class Person
{
    public const string Path = Speaker.Api + "/stream";

    private readonly AuthenticationHeaderValue _token;

    private Person(AuthenticationHeaderValue token, IReadOnlyList<Dialogue> dialogues, Random restless) =>
        (_token, Dialogues, Followers) = (token, dialogues, [new(Path), new(Path, restless)]);

    public IReadOnlyList<Dialogue> Dialogues { get; }

    public IReadOnlyList<Follower> Followers { get; }

    public static async Task<Person> RegisterAsync(Uri server, int number, int dialogues, Random random)
    {
        using var client = new HttpClient { BaseAddress = server };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = $"person{number}@example.org", password = "correct horse" });
        answer.EnsureSuccessStatusCode();
        var token = new AuthenticationHeaderValue("Bearer", (await answer.JsonAsync()).Text("access_token"));
        client.DefaultRequestHeaders.Authorization = token;
        var speaker = new Speaker(client);
        var threads = new List<Dialogue>();
        for (var i = 0; i < dialogues; i++)
            threads.Add(new Dialogue(await speaker.CreateAsync(), new Random(random.Next())));
        return new Person(token, threads, new Random(random.Next()));
    }

    /// <summary>A client of theirs at an address of the server.</summary>
    public Speaker At(Uri server)
    {
        var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = _token;
        return new Speaker(client);
    }

    /// <summary>Writes and follows until the server dies.</summary>
    public async Task LiveAsync(Uri server)
    {
        var speaker = At(server);
        using var client = speaker.Client;
        await Task.WhenAll([
            .. Followers.Select(follower => follower.FollowAsync(speaker)),
            .. Dialogues.Select(dialogue => dialogue.LiveAsync(speaker)),
        ]);
    }
}
