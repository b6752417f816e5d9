using System.Net.Http.Json;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Trains digital humans as somebody.</summary>
public static class Trainer
{
    public const string Path = Persona.Api + "/train/stream";
    public const string Complete = "training_complete";
    public const string Error = "training_error";
    public const string Chunk = "training_chunk";

    public static readonly string[] Steps =
        ["intent_recognition", "knowledge_extraction", "context_analysis", "question_generation", "save_message"];

    /// <summary>Makes somebody to train.</summary>
    public static async Task<long> NewHumanAsync(this Speaker speaker) => (await speaker.MakeHumanAsync()).Id();

    /// <summary>Sends whatever body, to be answered however.</summary>
    public static Task<HttpResponseMessage> PostTrainingAsync(this Speaker speaker, object body) =>
        speaker.PostAsync(body, Path);

    /// <summary>Tells a digital human something, which must be taken, and follows the round.</summary>
    public static async Task<SseReader> TrainAsync(
        this Speaker speaker,
        long human,
        string message,
        string? clientMessageId = null,
        string? whenBusy = null,
        string? language = null,
        string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = JsonContent.Create(
            new { digital_human_id = human, message, client_message_id = clientMessageId, when_busy = whenBusy });
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await SseReader.OpenAsync(speaker.Client, request);
    }

    /// <summary>Tells a digital human something; all events of the round's response.</summary>
    public static async Task<List<SseEvent>> TeachAsync(
        this Speaker speaker, long human, string message, string? clientMessageId = null, string? language = null)
    {
        using var stream = await speaker.TrainAsync(human, message, clientMessageId, language: language);
        return await stream.ToEndAsync();
    }

    /// <summary>Follows one, or all of theirs.</summary>
    public static Task<SseReader> FollowTrainingAsync(this Speaker speaker, long? human = null, string? after = null) =>
        speaker.OpenAsync(Path + (human is null ? "?" : $"?digital_human_id={human}") + (after is null ? "" : $"&after={after}"));

    public static Task<JsonElement> HistoryAsync(this Speaker speaker, long human, string query = "") =>
        speaker.GetAsync($"{Persona.Api}/{human}/training-messages{query}");

    public static Task<JsonElement> KnowledgeAsync(this Speaker speaker, long human) =>
        speaker.GetAsync($"{Persona.Api}/{human}/knowledge");

    /// <summary>The names of all that it knows, sorted.</summary>
    public static async Task<string[]> KnownNamesAsync(this Speaker speaker, long human) =>
        [.. (await speaker.KnowledgeAsync(human)).GetProperty("nodes").EnumerateArray()
            .Select(node => node.Text("name")).Order(StringComparer.Ordinal)];

    public static async Task<JsonElement> StopTrainingAsync(this Speaker speaker, long human, object? body = null)
    {
        using var answer = await speaker.PostAsync(body ?? new { }, $"{Persona.Api}/{human}/train/stop");
        var json = await answer.JsonAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {json}");
        return json;
    }

    public static bool IsRoundEnd(this SseEvent next) => next.Event is Complete or Error;

    public static bool IsKind(this SseEvent next, string kind, string? step = null) =>
        next.Event == Chunk && next.Text("kind") == kind && (step is null || next.Text("step") == step);

    /// <summary>Those of one kind, as the steps that they are of.</summary>
    public static string[] StepsOf(this IEnumerable<SseEvent> events, string kind) =>
        [.. events.Where(next => next.IsKind(kind)).Select(next => next.Text("step"))];

    /// <summary>What was streamed of the question and not withdrawn.</summary>
    public static string Question(this IEnumerable<SseEvent> events) => events.Aggregate(
        "", (text, next) => next.IsKind("question_reset") ? "" : next.IsKind("question_chunk") ? text + next.Text("content") : text);

    /// <summary>Asserts that they are all of one whole round, each step once and in order.</summary>
    public static SseEvent AssertWhole(this IReadOnlyList<SseEvent> events)
    {
        Assert.Equal(Complete, events[^1].Event);
        Assert.Single(events, next => next.Event == "training_start");
        Assert.Single(events, IsRoundEnd);
        Assert.Equal(Steps, events.StepsOf("node_start"));
        Assert.Equal(Steps, events.StepsOf("node_complete"));
        Assert.Equal("user_message", events.First(next => next.Event == Chunk).Text("kind"));
        Assert.Equal(events[^1].Text("question"), events.Question());
        Assert.NotEmpty(events[^1].Text("question"));
        return events[^1];
    }
}
