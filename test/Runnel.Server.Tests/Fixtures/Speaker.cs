using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Somebody who is signed in and talks to the server over HTTP.</summary>
public sealed class Speaker(HttpClient client)
{
    public const string Api = "/api/v1/conversations";

    public HttpClient Client => client;

    /// <summary>Makes an empty conversation; its thread.</summary>
    public async Task<string> CreateAsync(string title = "")
    {
        using var answer = await client.PostAsJsonAsync(Api, new { title });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.JsonAsync()).Text("thread_id");
    }

    /// <summary>Sends whatever body, to be answered however.</summary>
    public Task<HttpResponseMessage> PostAsync(object body, string path = Api + "/send") =>
        client.PostAsJsonAsync(path, body);

    /// <summary>Sends a message that must be accepted; what was answered.</summary>
    public async Task<JsonElement> SendAsync(string message, string? threadId = null, string? clientMessageId = null)
    {
        using var answer = await PostAsync(new { message, thread_id = threadId, client_message_id = clientMessageId });
        var body = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>Sends a message and waits for the end of its answer; what was answered to the message.</summary>
    public async Task<JsonElement> SayAsync(string message, string? threadId = null, string? clientMessageId = null)
    {
        var sent = await SendAsync(message, threadId, clientMessageId);
        using var stream = await FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await stream.UntilAsync(next => next.IsEnd());
        return sent;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {body}");
        return body;
    }

    public Task<JsonElement> MessagesAsync(string threadId, string query = "") =>
        GetAsync($"{Api}/{threadId}/messages{query}");

    /// <summary>Follows one conversation from now or a cursor.</summary>
    public Task<SseReader> FollowAsync(string threadId, string? after = null) =>
        OpenAsync($"{Api}/{threadId}/stream" + (after is null ? "" : $"?after={after}"));

    /// <summary>Follows all of theirs from now or a cursor.</summary>
    public Task<SseReader> FollowAllAsync(string? after = null) =>
        OpenAsync($"{Api}/stream" + (after is null ? "" : $"?after={after}"));

    /// <summary>Opens any stream.</summary>
    public async Task<SseReader> OpenAsync(string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await SseReader.OpenAsync(client, request);
    }

    /// <summary>Sends and follows in one response.</summary>
    public async Task<SseReader> SendAndFollowAsync(object body, string threadId = "new", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/{threadId}/stream");
        request.Content = JsonContent.Create(body);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await SseReader.OpenAsync(client, request);
    }

    /// <summary>Sends a message that says what to do when an answer is being written; it must be accepted.</summary>
    public async Task<JsonElement> SendBusyAsync(
        string message, string threadId, string policy, string? clientMessageId = null)
    {
        using var answer = await PostAsync(new
        {
            message, thread_id = threadId, when_busy = policy, client_message_id = clientMessageId ?? $"c-{message}-{threadId}",
        });
        var body = await answer.JsonAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>Sends again what <see cref="SendBusyAsync"/> sent; what is answered now.</summary>
    public async Task<JsonElement> RepeatAsync(string message, string threadId, JsonElement sent)
    {
        var again = await SendBusyAsync(message, threadId, "enqueue");
        Assert.Equal(sent.Text("turn_id"), again.Text("turn_id"));
        return again;
    }

    /// <summary>Stops what runs, or what is named; what was answered.</summary>
    public async Task<JsonElement> StopAsync(string threadId, string? turnId = null, string? clientMessageId = null)
    {
        using var answer = await PostAsync(
            new { turn_id = turnId, client_message_id = clientMessageId }, $"{Api}/{threadId}/stop");
        var body = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>The events of a turn that was sent, to its end and up to now, so that a second end would be among them.</summary>
    public async Task<List<SseEvent>> TurnAsync(JsonElement sent)
    {
        var (thread, turn) = (sent.Text("thread_id"), sent.Text("turn_id"));
        using var stream = await FollowAsync(thread, sent.Text("cursor"));
        var events = await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == turn);
        var cursor = (await MessagesAsync(thread)).Text("cursor");
        while (TurnEvents.Number(events[^1].Id) < TurnEvents.Number(cursor))
            events.Add(await stream.NextAsync());
        return events.FindAll(next => next.Data.TryGetProperty("turn_id", out var id) && id.GetString() == turn);
    }

    /// <summary>Waits for the end of a turn that was sent; its answer in the history.</summary>
    public async Task<JsonElement> EndAsync(JsonElement sent)
    {
        await TurnAsync(sent);
        return (await MessagesAsync(sent.Text("thread_id"))).Items()
            .Single(message => message.Text("message_id") == sent.Text("message_id"));
    }
}
