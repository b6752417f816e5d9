using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class OwnershipTests(Talk talk) : IClassFixture<Talk>
{
    public static TheoryData<string, string> OfOneConversation => new()
    {
        { "GET", "/api/v1/conversations/{0}" },
        { "GET", "/api/v1/conversations/{0}/messages" },
        { "GET", "/api/v1/conversations/{0}/stream" },
        { "GET", "/api/v1/conversations/{0}/stream?after=0" },
        { "GET", "/api/v1/conversations/{0}/events" },
        { "POST", "/api/v1/conversations/{0}/stream" },
        { "PATCH", "/api/v1/conversations/{0}" },
        { "PUT", "/api/v1/conversations/{0}/messages/{1}/feedback" },
        { "POST", "/api/v1/conversations/{0}/messages/{1}/regenerate" },
        { "POST", "/api/v1/conversations/{0}/messages/{1}/edit" },
        { "POST", "/api/v1/conversations/{0}/branch" },
        { "GET", "/api/v1/conversations/{0}/export" },
        { "GET", "/api/v1/conversations/{0}/export?format=markdown" },
        { "POST", "/api/v1/conversations/send" },
        { "POST", "/api/conversations/send" },
    };

    public static TheoryData<string, string> Everything => new(
        OfOneConversation.Select(row => row.Data).Concat(
        [
            ("GET", "/api/v1/conversations"), ("POST", "/api/v1/conversations"), ("GET", "/api/v1/conversations/stream"),
            ("GET", "/api/conversations/stream"), ("GET", "/api/v1/models"),
        ]));

    [Theory]
    [MemberData(nameof(OfOneConversation))]
    public async Task AnothersConversation_IsAsIfItWereNotThere(string method, string path)
    {
        var (owner, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var thread = await owner.CreateAsync();

        foreach (var target in new[] { thread, "nothing", "no%5cthing" })
        {
            using var answer = await RequestAsync(other.Client, method, path, target);
            await answer.ProblemAsync(404, "conversation_not_found");
        }

        Assert.Empty((await other.GetAsync(Speaker.Api)).Items());
        Assert.Empty((await owner.MessagesAsync(thread)).Items());
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Nobody_IsAskedToSignIn(string method, string path)
    {
        var owner = await talk.NewSpeakerAsync();
        var thread = await owner.CreateAsync();

        using var answer = await RequestAsync(talk.Server.Client, method, path, thread);

        await answer.ProblemAsync(401, "unauthenticated");
    }

    /// <summary>A body that every endpoint finds something in.</summary>
    private static async Task<HttpResponseMessage> RequestAsync(
        HttpClient client, string method, string path, string thread)
    {
        var address = path.Replace("{0}", thread, StringComparison.Ordinal).Replace("{1}", "any", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method != "GET")
        {
            request.Content = JsonContent.Create(new
            {
                message = "hello", thread_id = thread, title = "mine now", rating = "up", message_id = "any",
            });
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
