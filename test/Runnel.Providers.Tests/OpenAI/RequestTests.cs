using System.Text.Json;
using Microsoft.Extensions.AI;
using Runnel.Providers.OpenAI;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

public class RequestTests
{
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public async Task Body_IsExactlyThis_WithoutOptions()
    {
        var server = await SendAsync(null, new(ChatRole.System, "Be brief."), new(ChatRole.User, "你好 \"<b>\"\n😀"),
            new(ChatRole.Assistant, [new TextReasoningContent("secret thought"), new TextContent("Hi")]),
            new(ChatRole.User, "Again"));
        Assert.Equal(
            """{"model":"gpt-x","messages":[{"role":"system","content":"Be brief."},"""
            + """{"role":"user","content":"你好 \"<b>\"\n\uD83D\uDE00"},{"role":"assistant","content":"Hi"},"""
            + """{"role":"user","content":"Again"}],"stream":true,"stream_options":{"include_usage":true}}""",
            server.Body);
    }

    [Fact]
    public async Task Body_IsExactlyThis_WithEveryOption()
    {
        var server = await SendAsync(
            new ChatOptions
            {
                ModelId = "other",
                Instructions = "Be kind.",
                Temperature = 0.5f,
                TopP = 0.25f,
                MaxOutputTokens = 9,
                FrequencyPenalty = 1,
                PresencePenalty = 2,
                Seed = 42,
                StopSequences = ["END", "\n"],
                ResponseFormat = ChatResponseFormat.ForJsonSchema(
                    JsonElement.Parse("""{"type":"object"}"""), "facts", "What was learned"),
                AdditionalProperties = new() { ["strict"] = true },
            },
            new ChatMessage(ChatRole.User, "q"));
        Assert.Equal(
            """
            {"model":"other","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"q"}],
            "stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.25,"max_tokens":9,
            "frequency_penalty":1,"presence_penalty":2,"seed":42,"stop":["END","\n"],"response_format":
            {"type":"json_schema","json_schema":{"name":"facts","description":"What was learned",
            "schema":{"type":"object"},"strict":true}}}
            """.ReplaceLineEndings(""),
            server.Body);
    }

    [Fact]
    public async Task Body_IsWellFormed_WhenTheUserWroteHalfAnEmoji()
    {
        var server = await SendAsync(null, new ChatMessage(ChatRole.User, "a\ud83d"));
        Assert.Equal("a\uFFFD", JsonElement.Parse(server.Body).GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.deepseek.com/", "https://api.deepseek.com/chat/completions")]
    [InlineData(" http://127.0.0.1:11434/v1/ ", "http://127.0.0.1:11434/v1/chat/completions")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/chat/completions")]
    [InlineData("https://x.test/v1/chat/completions", "https://x.test/v1/chat/completions")]
    [InlineData("https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
        "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21")]
    public async Task Address_IsJoined_AsUsersWriteIt(string baseUrl, string expected)
    {
        var server = CannedServer.Stream(Done);
        using var client = server.Client(baseUrl);
        await Heard.FromAsync(client);
        Assert.Equal(expected, server.Address!.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://model.example/v1", "key", "Authorization", "Bearer key")]
    [InlineData("https://x.openai.azure.com/openai/v1/", "key", "api-key", "key")]
    [InlineData("https://gateway.example/az?api-version=1", " key\n", "api-key", "key")]
    public async Task Key_GoesIntoTheHeaderOfTheDialect(string baseUrl, string key, string header, string value)
    {
        var server = CannedServer.Stream(Done);
        using var client = server.Client(baseUrl, key);
        await Heard.FromAsync(client);
        Assert.Equal(value, server.Headers[header]);
        Assert.Single(server.Headers.Keys.Intersect(["Authorization", "api-key"]));
    }

    [Fact]
    public async Task NoKey_SendsNoHeader()
    {
        var server = CannedServer.Stream(Done);
        using var client = server.Client(key: "");
        await Heard.FromAsync(client);
        Assert.Equal(["Accept"], server.Headers.Keys);
    }

    [Theory]
    [InlineData("ftp://x", "key", "m")]
    [InlineData("/v1", "key", "m")]
    [InlineData("https://x", "k\u00e9y-secret", "m")]
    [InlineData("https://x", "two\nlines-secret", "m")]
    [InlineData("https://x", "key", " ")]
    public void Endpoint_ThatCannotWork_IsRefused_WithoutRepeatingIt(string baseUrl, string key, string model)
    {
        var refusal = Assert.ThrowsAny<ArgumentException>(() => new OpenAIEndpoint(baseUrl, key, model));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_NamesModelAndServer()
    {
        using var client = CannedServer.Stream(Done).Client();
        var metadata = client.GetService<ChatClientMetadata>();
        Assert.Equal("gpt-x", metadata?.DefaultModelId);
        Assert.Equal("https://model.example:8443/v1", metadata?.ProviderUri?.AbsoluteUri);
    }

    private static async Task<CannedServer> SendAsync(ChatOptions? options, params ChatMessage[] messages)
    {
        var server = CannedServer.Stream(Done);
        using var client = server.Client();
        await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        return server;
    }
}
