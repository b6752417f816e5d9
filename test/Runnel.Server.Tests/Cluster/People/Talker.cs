using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Crash;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster.People;

/// <summary>Somebody who writes to one conversation, again what was not acknowledged, waits for the end of the answer, and stops
/// some of them.</summary>
internal sealed class Talker(HttpClient client, Crowd crowd, string thread, Random random, IReadOnlyList<Roamer> followers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, Said> _accepted = [];

    public string Thread => thread;

    public string Path => $"{Speaker.Api}/{thread}/stream";

    public IReadOnlyList<Roamer> Followers => followers;

    /// <summary>What was acknowledged, by turn.</summary>
    public IReadOnlyDictionary<string, Said> Accepted => _accepted;

    /// <summary>The turns of which it was said that they were stopped.</summary>
    public List<string> Stopped { get; } = [];

    /// <summary>Says one thing after the other, until told to pause and the last answer has ended.</summary>
    public async Task TalkAsync(CancellationToken pause)
    {
        while (!pause.IsCancellationRequested)
        {
            var said = Said.New(random, crowd.Words, crowd.Pace);
            var body = new { message = said.Message, thread_id = thread, client_message_id = said.Id };
            var turn = (await InsistAsync("send", $"{Speaker.Api}/send", body)).Text("turn_id");
            _accepted.Add(turn, said);
            var ended = Task.WhenAll(followers.Select(follower => follower.EndOf(turn)));
            if (random.Next(6) == 0)
                await StopAsync(turn, ended);
            await SeeAsync(ended);
        }
    }

    /// <summary>Waits until all who follow have been shown the end, unless one of them fails.</summary>
    private async Task SeeAsync(Task ended) =>
        await await Task.WhenAny([ended, .. followers.Select(follower => follower.Following)]).WaitAsync(Patience);

    private async Task StopAsync(string turn, Task ended)
    {
        await Task.WhenAny(ended, Task.Delay(random.Next(1000))); // polls: people stop when they like
        var answer = await InsistAsync("stop", $"{Speaker.Api}/{thread}/stop", new { turn_id = turn });
        if (answer.GetProperty("stopped").GetBoolean())
            Stopped.Add(turn);
    }

    /// <summary>Asks until it is done. Whatever is not known to be done is asked for again, which must not do it twice.</summary>
    private async Task<JsonElement> InsistAsync(string what, string path, object body)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await AskAsync(what, path, body) is { } done)
                return done;
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"{path} is not done after {Patience}.");
            await Task.Delay(random.Next(1000, 1500)); // polls: what Retry-After asks for, with jitter
        }
    }

    private async Task<JsonElement?> AskAsync(string what, string path, object body)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(path, body);
            crowd.Sightings.Answered($"{what} {(int)answer.StatusCode}");
            if (answer.IsSuccessStatusCode)
                return await answer.JsonAsync();
            var isAway = answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable;
            Assert.True(isAway, $"{path} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            crowd.Sightings.Answered($"{what} broken");
        }

        return null;
    }
}
