using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Soak;

/// <summary>Somebody with several conversations who does whatever a person may do, one thing after the other, until enough turns
/// were accepted.</summary>
internal sealed class SoakPerson(SoakServer server, SoakTally tally, int seed)
{
    private const int Talks = 3;

    private static readonly string[] Refusals = ["turn_running", "too_many_turns", "message_not_found"];

    private readonly Random _random = new(seed);
    private readonly List<SoakTalk> _talks = [];
    private int _sent;

    public async Task LiveAsync()
    {
        while (_talks.Count < Talks)
            _talks.Add(await BeginAsync());
        while (!tally.IsFull)
            await ActAsync(_random.Next(Talks));
    }

    /// <summary>Waits until nothing runs and waits any more, and counts the ends.</summary>
    public async Task CompareAsync()
    {
        foreach (var talk in _talks)
        {
            using var reader = new SoakReader(await server.AskAsync(speaker => speaker.OpenAsync(SoakReader.Path(talk))));
            await reader.ReadAsync(talk.Sent.Count);
            var history = await server.AskAsync(speaker => speaker.MessagesAsync(talk.ThreadId));
            await reader.ReadToAsync(history.Text("cursor"));
            talk.Judge(reader.Events, tally);
        }
    }

    private async Task ActAsync(int place)
    {
        var talk = _talks[place];
        var choice = _random.Next(40);
        if (choice == 0)
            _talks[place] = await DeleteAsync(talk);
        else if (choice < 6 && talk.Sent.Count > 0)
            await EditAsync(talk, Any(talk));
        else if (choice < 11 && talk.Sent.Count > 0)
            await RegenerateAsync(talk, Any(talk));
        else
            await SendAsync(talk);
        if (_random.Next(4) == 0)
            await StopAsync(_talks[_random.Next(Talks)]);
    }

    private async Task<SoakTalk> BeginAsync() => new(await server.AskAsync(speaker => speaker.CreateAsync()));

    private Task SendAsync(SoakTalk talk)
    {
        var (script, fault) = SoakFaults.Draw(_random);
        tally.Count($"model: {fault}");
        return AskTurnAsync(
            talk, "send", $"{Speaker.Api}/send", new() { ["message"] = $"{_sent} {script}", ["thread_id"] = talk.ThreadId });
    }

    private Task EditAsync(SoakTalk talk, JsonElement earlier)
    {
        var (script, fault) = SoakFaults.Draw(_random);
        tally.Count($"model: {fault}");
        return AskTurnAsync(
            talk, "edit", $"{talk.Path}/messages/{earlier.Text("user_message_id")}/edit", new() { ["message"] = $"{_sent} {script}" });
    }

    private Task RegenerateAsync(SoakTalk talk, JsonElement earlier) =>
        AskTurnAsync(talk, "regenerate", $"{talk.Path}/messages/{earlier.Text("message_id")}/regenerate", []);

    /// <summary>Asks for a turn under a name of its own, so that it may be asked for again; now and then waits for its end.</summary>
    private async Task AskTurnAsync(SoakTalk talk, string act, string path, Dictionary<string, string> body)
    {
        var policy = Policy();
        body["when_busy"] = policy;
        body["client_message_id"] = $"{seed}-{_sent++}";
        var (status, answer) = await AskAsync(speaker => speaker.PostAsync(body, path));
        if ((int)status >= 300)
        {
            Assert.Contains(answer.Text("code"), Refusals);
            tally.Count($"refused: {answer.Text("code")}");
            return;
        }

        talk.Accept(answer);
        tally.Accept();
        tally.Count($"{act}, {policy}");
        if (_random.Next(3) > 0)
            await WaitAsync(talk, answer);
    }

    private async Task WaitAsync(SoakTalk talk, JsonElement sent) => await server.TryAskAsync(async speaker =>
    {
        using var stream = await speaker.FollowAsync(talk.ThreadId, sent.Text("cursor"));
        return await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == sent.Text("turn_id"));
    });

    private async Task StopAsync(SoakTalk talk)
    {
        var named = talk.Sent.Count > 0 && _random.Next(2) == 0 ? talk.Sent[^1].Text("turn_id") : null;
        var (status, answer) = await AskAsync(speaker => speaker.PostAsync(new { turn_id = named }, $"{talk.Path}/stop"));
        Assert.Equal(HttpStatusCode.OK, status);
        tally.Count(answer.GetProperty("stopped").GetBoolean() ? "stops that stopped" : "stops that came late");
    }

    /// <summary>Deletes a conversation under the eyes of somebody who follows it, and begins another.</summary>
    private async Task<SoakTalk> DeleteAsync(SoakTalk talk)
    {
        tally.Count("deletions");
        var (isSeen, events) = await server.TryAskAsync(async speaker =>
        {
            using var reader = new SoakReader(await speaker.OpenAsync(SoakReader.Path(talk)));
            await reader.ReadToAsync((await speaker.MessagesAsync(talk.ThreadId)).Text("cursor"));
            using var deleted = await speaker.Client.DeleteAsync(new Uri(talk.Path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            await reader.ReadToEndAsync();
            return reader.Events;
        });
        if (isSeen)
            talk.Judge(events!, tally);
        else
            await DeleteUnseenAsync(talk);
        return await BeginAsync();
    }

    /// <summary>The server died meanwhile: whether it had been deleted by then is not known.</summary>
    private async Task DeleteUnseenAsync(SoakTalk talk)
    {
        tally.Count("turns of which a kill hid the end, with their conversation", talk.Sent.Count);
        using var deleted = await server.AskAsync(
            speaker => speaker.Client.DeleteAsync(new Uri(talk.Path, UriKind.Relative)));
        Assert.Contains(deleted.StatusCode, (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.NotFound]);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(Func<Speaker, Task<HttpResponseMessage>> ask) =>
        server.AskAsync(async speaker =>
        {
            using var answer = await ask(speaker);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        });

    private JsonElement Any(SoakTalk talk) => talk.Sent[^_random.Next(1, Math.Min(5, talk.Sent.Count) + 1)];

    private string Policy() =>
        _random.Next(6) switch { 0 => "reject", 1 => "interrupt", 2 => "rollback", _ => "enqueue" };
}
