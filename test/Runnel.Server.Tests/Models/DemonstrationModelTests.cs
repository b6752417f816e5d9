using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Models;

public class DemonstrationModelTests
{
    [Theory]
    [InlineData("Hello there", "built-in demonstration model")]
    [InlineData("\u4f60\u597d", "\u5185\u7f6e\u7684\u6f14\u793a\u6a21\u578b")]
    public async Task It_AnswersInTheLanguageOfTheQuestion_InManyEvents(string question, string says)
    {
        await using var server = await RunnelServer.StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());

        using var stream = await speaker.SendAndFollowAsync(new { message = question });
        var events = await stream.ToEndAsync();

        Assert.InRange(events.Count(next => next.Event == TurnEvents.Chunk), 11, 1000);
        Assert.Contains(says, events[^1].Text("final_content"), StringComparison.Ordinal);
        Assert.Contains(question, events[^1].Text("final_content"), StringComparison.Ordinal);
        Assert.Equal(events[^1].Text("final_content"), events.Joined());
    }
}
