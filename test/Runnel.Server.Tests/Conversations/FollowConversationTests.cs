using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class FollowConversationTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Connected_IsReceived_BeforeTheModelHasAnswered_WithTheHeadersOfAStream()
    {
        var speaker = await talk.NewSpeakerAsync();
        var asked = talk.Upstream.Requests.Count;
        var thread = await speaker.CreateAsync();

        using var stream = await speaker.FollowAsync(thread);
        var connected = await stream.NextAsync("connected");

        Assert.Equal(asked, talk.Upstream.Requests.Count);
        var headers = stream.Response.Headers;
        Assert.Equal("no-store", headers.CacheControl?.ToString());
        Assert.Equal(["no"], headers.GetValues("X-Accel-Buffering"));
        Assert.Empty(stream.Response.Content.Headers.ContentEncoding);
        Assert.Equal("cursor heartbeat_seconds queued running thread_id type", connected.Data.Members());
        Assert.Equal(thread, connected.Text("thread_id"));
        Assert.Equal(connected.Id, connected.Text("cursor"));
        Assert.Matches("^[A-Za-z0-9._~-]{1,100}$", connected.Id);
        Assert.Equal(15, connected.Data.GetProperty("heartbeat_seconds").GetInt32());
        Assert.Empty(connected.Data.GetProperty("running").EnumerateArray());
        Assert.Empty(connected.Data.GetProperty("queued").EnumerateArray());
    }

    [Fact]
    public async Task EventsOfATurn_ComeInOrder_WithEveryField_AndTheEndLast()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var thread = await speaker.CreateAsync();
        using var stream = await speaker.FollowAsync(thread);
        await stream.NextAsync("connected");
        var sent = await speaker.SendAsync("question", thread, "mine");

        var user = await stream.NextAsync("user_message");
        AssertIds(user, sent, sent.Text("user_message_id"));
        Assert.Equal("question", user.Text("content"));
        Assert.Equal("mine", user.Text("client_message_id"));
        var start = await stream.NextAsync("ai_response_start");
        AssertIds(start, sent, sent.Text("message_id"));
        Assert.Equal("fake-1", start.Text("model"));
        Assert.Equal(1, start.Data.GetProperty("attempt").GetInt32());
        Assert.Equal(JsonValueKind.Null, start.Data.GetProperty("digital_human_id").ValueKind);
        await held.SendReasoningAsync("hm");
        var reasoning = await stream.NextAsync("ai_reasoning_chunk");
        AssertIds(reasoning, sent, sent.Text("message_id"));
        Assert.Equal("content message_id thread_id turn_id type", reasoning.Data.Members());
        Assert.Equal("hm", reasoning.Text("content"));
        var text = "";
        foreach (var piece in new[] { "An", "swer", "." })
        {
            await held.SendAsync(piece);
            var chunk = await stream.NextAsync(TurnEvents.Chunk);
            AssertIds(chunk, sent, sent.Text("message_id"));
            Assert.Equal(piece, chunk.Text("content"));
            Assert.Equal(text += piece, chunk.Text("accumulated_content"));
        }

        await held.FinishAsync("length");
        var complete = await stream.NextAsync(TurnEvents.Complete);
        AssertIds(complete, sent, sent.Text("message_id"));
        AssertComplete(complete.Data);
        Assert.Equal(complete.Id, (await speaker.MessagesAsync(thread)).Text("cursor"));
    }

    [Fact]
    public async Task Events_AreNumberedWithoutGaps_AndTheCursorOfSendLiesBeforeTheFirst()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync("one two three");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        using var ofUser = await speaker.FollowAllAsync(sent.Text("user_cursor"));

        foreach (var follower in new[] { stream, ofUser })
        {
            var events = await follower.UntilAsync(TurnEvents.Complete);
            Assert.Equal("connected", events[0].Event);
            Assert.Equal(["user_message", "ai_response_start"], events.Names()[1..3]);
            Assert.Equal("You said: one two three", events.Joined());
            // Chunks may come joined, with the number of the last; everything else counts one by one.
            Assert.Equal([0, 1, 2], events[..3].Select(next => TurnEvents.Number(next.Id)));
            var numbers = events.ConvertAll(next => TurnEvents.Number(next.Id));
            Assert.Equal(numbers.Order(), numbers);
            Assert.Equal(numbers.Distinct(), numbers);
        }
    }

    [Fact]
    public async Task TheConnection_CarriesTheNextRound_WhichTellsTheModelTheFirst()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        using var stream = await speaker.FollowAsync(thread);
        await speaker.SendAsync("first", thread);
        await stream.UntilAsync(TurnEvents.Complete);

        await speaker.SendAsync("second", thread);
        var events = await stream.UntilAsync(TurnEvents.Complete);

        Assert.Equal("user_message", events[0].Event);
        Assert.Equal("second", events[0].Text("content"));
        Assert.Equal("You said: second", events.Joined());
        var request = talk.Upstream.Requests[^1];
        Assert.Equal(
            ["user: first", "assistant: You said: first", "user: second"],
            request.Messages.Select(message => $"{message.Role}: {message.Content}"));
        Assert.Equal("fake-1", request.Model);
        Assert.Equal("Bearer sk-secret-of-the-test", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Usage_IsEstimatedAndSaysSo_WhenTheModelReportsNone()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("12345678");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("\u6d41\u5f0f");
        await held.SendRawAsync("data: [DONE]\n\n");
        await held.EndAsync();

        var complete = (await stream.UntilAsync(TurnEvents.Complete))[^1].Data;

        Assert.Equal(
            """{"input_tokens":2,"output_tokens":2,"estimated":true}""", complete.GetProperty("usage").GetRawText());
        Assert.Equal("stop", complete.Text("finish_reason"));
    }

    [Fact]
    public async Task Chunks_CarryNoAccumulatedText_WhenItIsNotWanted()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync("one two three");
        var path = $"{Speaker.Api}/{sent.Text("thread_id")}/stream";

        using var stream = await speaker.OpenAsync($"{path}?accumulated=false&after={sent.Text("cursor")}");

        var chunks = (await stream.UntilAsync(TurnEvents.Complete)).Where(next => next.Event == TurnEvents.Chunk).ToList();
        Assert.NotEmpty(chunks);
        Assert.All(chunks, chunk => Assert.Equal("content message_id thread_id turn_id type", chunk.Data.Members()));
    }

    private static void AssertIds(SseEvent next, JsonElement sent, string messageId)
    {
        Assert.Equal(sent.Text("thread_id"), next.Text("thread_id"));
        Assert.Equal(sent.Text("turn_id"), next.Text("turn_id"));
        Assert.Equal(messageId, next.Text("message_id"));
    }

    private static void AssertComplete(JsonElement complete)
    {
        Assert.Equal(
            "duration_ms final_content finish_reason first_token_ms knowledge_used message_id model thread_id turn_id type usage",
            complete.Members());
        Assert.Equal("Answer.", complete.Text("final_content"));
        Assert.Equal("length", complete.Text("finish_reason"));
        Assert.Equal("fake-1", complete.Text("model"));
        Assert.Equal("[]", complete.GetProperty("knowledge_used").GetRawText());
        Assert.Equal(
            """{"input_tokens":1,"output_tokens":3,"estimated":false}""", complete.GetProperty("usage").GetRawText());
        var (first, all) = (complete.GetProperty("first_token_ms").GetInt64(), complete.GetProperty("duration_ms").GetInt64());
        Assert.InRange(first, 0, all);
    }
}
