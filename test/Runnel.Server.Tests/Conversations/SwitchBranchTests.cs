using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class SwitchBranchTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Branch_BecomesTheActiveOne_DownToItsNewestMessage_InHistoryAndForTheModel()
    {
        var speaker = await talk.NewSpeakerAsync();
        var one = await speaker.SayAsync("one");
        var thread = one.Text("thread_id");
        var two = await speaker.SayAsync("two", thread);
        await speaker.EndedAsync(await speaker.EditAsync(one, "uno"));
        using var stream = await speaker.FollowAsync(thread);

        var switched = await SwitchAsync(speaker, thread, one.Text("user_message_id"));

        Assert.Equal("active_message_id thread_id", switched.Members());
        Assert.Equal(two.Text("message_id"), switched.Text("active_message_id"));
        var updated = (await stream.UntilAsync("conversation_updated"))[^1];
        Assert.Equal("active_message_id thread_id type", updated.Data.Members());
        Assert.Equal(two.Text("message_id"), updated.Text("active_message_id"));
        Assert.Equal(["one", "You said: one", "two", "You said: two"], await ContentsAsync(speaker, thread));
        Assert.Equal(stream.LastId, (await speaker.MessagesAsync(thread)).Text("cursor"));
        await speaker.SayAsync("three", thread);
        Assert.Equal(
            ["one", "You said: one", "two", "You said: two", "three"],
            talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Branch_OfAnAnswer_TakesTheNewestOfWhatFollowsIt()
    {
        var speaker = await talk.NewSpeakerAsync();
        var one = await speaker.SayAsync("one");
        var thread = one.Text("thread_id");
        await speaker.SayAsync("two", thread);
        await speaker.EndedAsync(await speaker.RegenerateAsync(one));
        var beside = await speaker.SayAsync("drei", thread);

        await SwitchAsync(speaker, thread, one.Text("message_id"));
        Assert.Equal(["one", "You said: one", "two", "You said: two"], await ContentsAsync(speaker, thread));
        await SwitchAsync(speaker, thread, one.Text("user_message_id"));
        Assert.Equal(["one", "You said: one", "drei", "You said: drei"], await ContentsAsync(speaker, thread));

        using var export = await speaker.Client.GetAsync(
            new Uri($"{Speaker.Api}/{thread}/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var messages = (await export.JsonAsync()).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(7, messages.Count);
        Assert.Contains(messages, message => message.Text("message_id") == beside.Text("message_id"));
        Assert.All(messages.Skip(1), message => Assert.Contains(
            messages.TakeWhile(other => other.Text("message_id") != message.Text("message_id")),
            other => other.Text("message_id") == message.Text("parent_id")));
    }

    [Fact]
    public async Task Branch_IsRefused_WhileATurnRuns_AndWithoutAMessage()
    {
        var speaker = await talk.NewSpeakerAsync();
        var one = await speaker.SayAsync("one");
        var thread = one.Text("thread_id");
        var elsewhere = await speaker.SayAsync("elsewhere");
        var held = talk.Upstream.Hold();
        var running = await speaker.SendAsync("two", thread);
        await held.Begun;

        using var busy = await PostAsync(speaker, thread, one.Text("message_id"));
        await busy.ProblemAsync(409, "turn_running");
        await held.FinishAsync();
        await speaker.EndedAsync(running);
        using var unknown = await PostAsync(speaker, thread, "nothing");
        await unknown.ProblemAsync(404, "message_not_found");
        using var ofAnother = await PostAsync(speaker, thread, elsewhere.Text("message_id"));
        await ofAnother.ProblemAsync(404, "message_not_found");
        using var missing = await speaker.PostAsync(new { }, $"{Speaker.Api}/{thread}/branch");
        await missing.ProblemAsync(404, "message_not_found");
    }

    [Fact]
    public async Task Branch_SwitchedWhileTurnsBegin_NeverLosesAMessage()
    {
        var speaker = await talk.NewSpeakerAsync();
        var one = await speaker.SayAsync("one");
        var thread = one.Text("thread_id");
        await speaker.EndedAsync(await speaker.RegenerateAsync(one));

        for (var i = 0; i < 20; i++)
        {
            var sending = speaker.SendAsync($"m{i}", thread);
            using var switched = await PostAsync(speaker, thread, one.Text("message_id"));
            Assert.Contains(switched.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
            await speaker.EndedAsync(await sending);
            var export = await speaker.GetAsync($"{Speaker.Api}/{thread}/export?format=json");
            var everything = export.GetProperty("messages").EnumerateArray().Select(message => message.Text("content"));
            Assert.Superset(new HashSet<string> { $"m{i}", $"You said: m{i}" }, everything.ToHashSet());
            // A switch that came after the whole turn leaves it on the branch where it was sent.
            if (switched.StatusCode == HttpStatusCode.Conflict)
                Assert.Equal([$"m{i}", $"You said: m{i}"], (await ContentsAsync(speaker, thread))[^2..]);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(Speaker speaker, string thread, string message) =>
        speaker.PostAsync(new { message_id = message }, $"{Speaker.Api}/{thread}/branch");

    private static async Task<JsonElement> SwitchAsync(Speaker speaker, string thread, string message)
    {
        using var answer = await PostAsync(speaker, thread, message);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static async Task<List<string>> ContentsAsync(Speaker speaker, string thread) =>
        (await speaker.MessagesAsync(thread)).Items().ConvertAll(item => item.Text("content"));
}
