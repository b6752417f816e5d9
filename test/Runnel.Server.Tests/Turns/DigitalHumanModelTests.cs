using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

public class DigitalHumanModelTests
{
    [Fact]
    public async Task ModelOfTheDigitalHuman_Answers_UnlessTheMessageNamesOne()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            "Models:Providers:0:Name=first", $"Models:Providers:0:BaseUrl={upstream.BaseUrl}", "Models:Providers:0:Model=m-1",
            "Models:Providers:1:Name=second", $"Models:Providers:1:BaseUrl={upstream.BaseUrl}", "Models:Providers:1:Model=m-2");
        var speaker = new Speaker(await server.NewUserAsync());
        using var made = await speaker.PostAsync(new { name = "Ada", persona = "p", model = "second" }, Persona.Api);
        var human = await made.JsonAsync();

        var sent = await speaker.TellAsync("hello", human);
        using var named = await speaker.PostAsync(
            new { message = "and now", thread_id = sent.Text("thread_id"), model = "first" });
        await speaker.TurnAsync(await named.JsonAsync());
        await speaker.RegenerateToEndAsync(sent);

        Assert.Equal(["m-2", "m-1", "m-2"], upstream.Requests.Select(request => request.Model));
        Assert.All(upstream.Requests, request => Assert.StartsWith("p\n", request.Messages[0].Content, StringComparison.Ordinal));
    }
}
