using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Models;

/// <summary>Which models there are: what is configured, else what is found on this machine, else the demonstration.</summary>
public class ModelChoiceTests
{
    [Fact]
    public async Task TheVariablesOfOpenAI_AloneConfigureOneModel()
    {
        var upstream = await FakeUpstream.StartAsync();
        await using var server = await LivingServer.StartAsync(upstream, new()
        {
            ["OPENAI_API_KEY"] = " sk-from-the-environment\n",
            ["OPENAI_BASE_URL"] = upstream.BaseUrl + "/",
            ["OPENAI_MODEL"] = "gpt-fake",
        });

        using var stream = await server.Speaker.SendAndFollowAsync(new { message = "hello" });
        Assert.Equal("You said: hello", (await stream.ToEndAsync())[^1].Text("final_content"));
        using var named = await server.Speaker.SendAndFollowAsync(new { message = "hello", model = "openai" });
        Assert.Equal("gpt-fake", (await named.ToEndAsync())[^1].Text("model"));

        Assert.Equal("gpt-fake", upstream.Requests[0].Model);
        Assert.Equal("Bearer sk-from-the-environment", upstream.Requests[0].Headers["Authorization"]);
        var models = await server.Speaker.GetAsync("/api/v1/models");
        Assert.Equal("default items", models.Members());
        Assert.Equal(
            """{"name":"openai","kind":"openai","model":"gpt-fake","is_default":true,"is_demonstration":false}""",
            Assert.Single(models.Items()).GetRawText());
        Assert.Contains("Answers come from openai: gpt-fake at 127.0.0.1", server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-from", server.Process.Output + server.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheListedModels_AnswerByName_AndTheDefaultTheRest()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            "Models:Default=second", "OPENAI_API_KEY=not-used",
            "Models:Providers:0:Name=first", $"Models:Providers:0:BaseUrl={upstream.BaseUrl}", "Models:Providers:0:Model=m-1",
            "Models:Providers:1:Name=Second", $"Models:Providers:1:BaseUrl={upstream.BaseUrl}", "Models:Providers:1:Model=m-2",
            "Models:Providers:2:Name=demo", "Models:Providers:2:Kind=scripted");
        var speaker = new Speaker(await server.NewUserAsync());

        Assert.Equal("m-2", await ModelOfAnswerAsync(speaker, null));
        Assert.Equal("m-2", await ModelOfAnswerAsync(speaker, ""));
        Assert.Equal("m-1", await ModelOfAnswerAsync(speaker, "first"));
        Assert.Equal("m-2", await ModelOfAnswerAsync(speaker, "SECOND"));
        Assert.Equal(["m-2", "m-2", "m-1", "m-2"], upstream.Requests.Select(request => request.Model));
        using var unknown = await speaker.PostAsync(new { message = "x", model = "m-1" });
        await unknown.ProblemAsync(422, "unknown_model");
        var models = await speaker.GetAsync("/api/v1/models");
        Assert.Equal("Second", models.Text("default"));
        Assert.Equal(
            ["first openai m-1 False False", "Second openai m-2 True False", "demo scripted scripted False True"],
            models.Items().Select(item => string.Join(' ', item.EnumerateObject().Select(member => member.Value))));
    }

    [Fact]
    public async Task ALocalServerThatListsAModel_IsUsed_WhenNothingIsConfigured()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Models = ["nomic-embed-text", "llama-fake"];
        await using var server = await RunnelServer.StartAsync(
            "Models:Discover=true", "Models:DiscoverAt:0=http://127.0.0.1:1/v1", $"Models:DiscoverAt:1={upstream.BaseUrl}");
        var speaker = new Speaker(await server.NewUserAsync());

        Assert.Equal("llama-fake", await ModelOfAnswerAsync(speaker, null));
        Assert.Equal("llama-fake", upstream.Requests[0].Model);
        Assert.False(upstream.Requests[0].Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("Models:Discover=false")]
    [InlineData("Models:Discover=true")]
    public async Task TheDemonstrationModel_Answers_WhenDiscoveryIsOffOrFindsNothing(string discover)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Models = discover.EndsWith("true", StringComparison.Ordinal) ? [] : ["llama-fake"];
        await using var server = await RunnelServer.StartAsync(discover, $"Models:DiscoverAt:0={upstream.BaseUrl}");

        var models = await new Speaker(await server.NewUserAsync()).GetAsync("/api/v1/models");

        Assert.Equal("scripted", models.Text("default"));
        Assert.Equal("scripted", Assert.Single(models.Items()).Text("kind"));
    }

    private static async Task<string> ModelOfAnswerAsync(Speaker speaker, string? model)
    {
        using var stream = await speaker.SendAndFollowAsync(new { message = "hello", model });
        var end = (await stream.ToEndAsync())[^1];
        Assert.Equal("You said: hello", end.Text("final_content"));
        return end.Text("model");
    }
}
