using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Reads what the server answered.</summary>
public static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Sends this text as JSON, be it JSON or not.</summary>
    public static async Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Asserts that it is a whole problem with this status and code, and gives its body.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.JsonAsync();
        Assert.Equal(code, body.Text("code"));
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.NotEmpty(body.Text("title"));
        Assert.NotEmpty(body.Text("detail"));
        Assert.NotEmpty(body.Text("trace_id"));
        return body;
    }
}
