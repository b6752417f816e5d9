using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Makes and changes digital humans as somebody.</summary>
public static class Persona
{
    public const string Api = "/api/v1/digital-humans";

    /// <summary>Makes one, which must be taken; as it was answered.</summary>
    public static async Task<JsonElement> MakeHumanAsync(
        this Speaker speaker, string name = "Ada", string persona = "You are Ada.", bool isPublic = false)
    {
        using var answer = await speaker.PostAsync(new { name, persona, is_public = isPublic }, Api);
        var body = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>Says something to a digital human, which must be accepted, and waits for the end of the answer; what was answered
    /// to the message.</summary>
    public static async Task<JsonElement> TellAsync(
        this Speaker speaker,
        string message,
        JsonElement human,
        string? threadId = null,
        string? clientMessageId = null,
        bool wait = true)
    {
        using var answer = await speaker.PostAsync(new
        {
            message, digital_human_id = human.Id(), thread_id = threadId, client_message_id = clientMessageId,
        });
        var sent = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {sent}");
        if (wait)
            await speaker.TurnAsync(sent);
        return sent;
    }

    /// <summary>Has another answer written to the message of a turn, and waits for its end.</summary>
    public static async Task<JsonElement> RegenerateToEndAsync(this Speaker speaker, JsonElement sent)
    {
        using var answer = await speaker.PostAsync(
            new { }, $"{Speaker.Api}/{sent.Text("thread_id")}/messages/{sent.Text("message_id")}/regenerate");
        var again = await answer.JsonAsync();
        await speaker.TurnAsync(again);
        return again;
    }

    public static long Id(this JsonElement human) => human.GetProperty("id").GetInt64();

    public static string PathOf(JsonElement human) => $"{Api}/{human.Id()}";

    public static Task<HttpResponseMessage> ChangeAsync(this Speaker speaker, JsonElement human, object change) =>
        speaker.Client.PatchAsJsonAsync(PathOf(human), change);

    public static Task<HttpResponseMessage> DeleteAsync(this Speaker speaker, JsonElement human) =>
        speaker.Client.DeleteAsync(new Uri(PathOf(human), UriKind.Relative));
}
