using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Tests.Turns.Context;

public class ContextWindowTests
{
    // A message of 16 characters is 4 tokens, and 4 for what surrounds it.
    private const string Sixteen = "0123456789abcdef";

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 1)]
    [InlineData(23, 1)]
    [InlineData(24, 3)]
    [InlineData(39, 3)]
    [InlineData(40, 5)]
    public void TheNewestRoundsThatFit_GoWhole_AndTheQuestionAlways(int tokens, int messages)
    {
        var branch = new[] { User(Sixteen), Assistant(Sixteen), User(Sixteen), Assistant(Sixteen), User(Sixteen) };

        var window = ContextWindow.Fit(branch, tokens);

        Assert.Equal(messages, window.Count);
        Assert.All(window, message => Assert.Equal(Sixteen, message.Text));
        Assert.All(window.Index(), item => Assert.Equal(item.Index % 2 == 0 ? ChatRole.User : ChatRole.Assistant, item.Item.Role));
    }

    [Fact]
    public void ARoundThatDoesNotFit_HidesWhatIsAboveIt()
    {
        var branch = new[] { User("a"), Assistant("b"), User(new string('x', 400)), Assistant("c"), User("d") };

        Assert.Equal(["user d"], Said(ContextWindow.Fit(branch, 60)));
    }

    [Fact]
    public void Chinese_CountsByTheCharacter()
    {
        var branch = new[] { User("北京天气怎么样啊"), Assistant("晴"), User("d") };

        Assert.Equal(3, ContextWindow.Fit(branch, 8 + 4 + 1 + 4 + 5).Count);
        Assert.Single(ContextWindow.Fit(branch, 8 + 4 + 1 + 4 + 4));
    }

    [Fact]
    public void APersona_IsFirst_AndCounts()
    {
        var branch = new[] { User(Sixteen), Assistant(Sixteen), User(Sixteen) };

        Assert.Equal(["system " + Sixteen, "user " + Sixteen], Said(ContextWindow.Fit(branch, 31, Sixteen)));
        Assert.Equal(4, ContextWindow.Fit(branch, 32, Sixteen).Count);
    }

    [Fact]
    public void ABrokenAnswer_IsMarked_AndOneThatFailedWithoutAWord_IsLeftOutWithItsQuestion()
    {
        var branch = new[]
        {
            User("a"), Assistant("A", "stopped"), User("b"), Assistant("", "failed"), User("c"), Assistant("C", "interrupted"),
            User("d"), User("e"), Assistant("E", "failed"), User("f"), Assistant("", "stopped"), User("g"),
        };

        Assert.Equal(
            [
                "user a", "assistant A\n\n[The user stopped this answer here.]", "user c",
                "assistant C\n\n[This answer broke off here.]", "user d", "assistant [This answer broke off here.]",
                "user e", "assistant E\n\n[This answer broke off here.]", "user f",
                "assistant [The user stopped this answer here.]", "user g",
            ],
            Said(ContextWindow.Fit(branch, 1000)));
    }

    [Fact]
    public void Reasoning_IsNotFedBack()
    {
        var branch = new[] { User("a"), Assistant("b", reasoning: "secret"), User("c") };

        Assert.DoesNotContain(ContextWindow.Fit(branch, 1000), message => message.Text.Contains("secret"));
    }

    private static string[] Said(List<ChatMessage> window) => [.. window.Select(message => $"{message.Role} {message.Text}")];

    private static Message User(string content) => Make("user", content, "complete");

    private static Message Assistant(string content, string status = "complete", string reasoning = "") =>
        Make("assistant", content, status, reasoning);

    private static Message Make(string role, string content, string status, string reasoning = "") => new()
    {
        MessageId = "m",
        ThreadId = "t",
        TurnId = "u",
        Role = role,
        Status = status,
        Content = content,
        Reasoning = reasoning,
    };
}
