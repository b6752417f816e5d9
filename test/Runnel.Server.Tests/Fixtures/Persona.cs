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

    public static long Id(this JsonElement human) => human.GetProperty("id").GetInt64();

    public static string PathOf(JsonElement human) => $"{Api}/{human.Id()}";

    public static Task<HttpResponseMessage> ChangeAsync(this Speaker speaker, JsonElement human, object change) =>
        speaker.Client.PatchAsJsonAsync(PathOf(human), change);

    public static Task<HttpResponseMessage> DeleteAsync(this Speaker speaker, JsonElement human) =>
        speaker.Client.DeleteAsync(new Uri(PathOf(human), UriKind.Relative));
}
