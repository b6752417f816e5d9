using System.Net;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>What a person does with the branches of a conversation.</summary>
public static class BranchSpeech
{
    public static Task<JsonElement> RegenerateAsync(this Speaker speaker, JsonElement sent) =>
        AcceptedAsync(speaker, new { }, sent, $"{sent.Text("message_id")}/regenerate");

    public static Task<JsonElement> EditAsync(this Speaker speaker, JsonElement sent, string message) =>
        AcceptedAsync(speaker, new { message }, sent, $"{sent.Text("user_message_id")}/edit");

    /// <summary>Waits for the end of a turn that was accepted.</summary>
    public static async Task EndedAsync(this Speaker speaker, JsonElement accepted)
    {
        using var stream = await speaker.FollowAsync(accepted.Text("thread_id"), accepted.Text("cursor"));
        await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == accepted.Text("turn_id"));
    }

    private static async Task<JsonElement> AcceptedAsync(Speaker speaker, object body, JsonElement sent, string path)
    {
        using var answer = await speaker.PostAsync(body, $"{Speaker.Api}/{sent.Text("thread_id")}/messages/{path}");
        var accepted = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {accepted}");
        return accepted;
    }
}
