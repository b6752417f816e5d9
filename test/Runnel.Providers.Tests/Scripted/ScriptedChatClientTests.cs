using Microsoft.Extensions.AI;
using Runnel.Providers.Scripted;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.Scripted;

public class ScriptedChatClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("What is a log?", "demonstration model")]
    [InlineData("", "demonstration model")]
    [InlineData("什么是日志？", "演示模型")]
    [InlineData("Explain 日志 please", "演示模型")]
    public async Task Answer_IsInTheLanguageOfTheQuestion_AndSaysWhatItIs(string question, string words)
    {
        var answer = await AnswerAsync(new ChatMessage(ChatRole.User, question));
        Assert.Contains(words, answer, StringComparison.Ordinal);
        Assert.Contains(question, answer, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", answer, StringComparison.Ordinal);
        Assert.Contains("OPENAI_BASE_URL", answer, StringComparison.Ordinal);
        Assert.Contains("OPENAI_MODEL", answer, StringComparison.Ordinal);
        Assert.Contains("ollama run", answer, StringComparison.Ordinal);
        Assert.Contains("\n```bash\nexport", answer, StringComparison.Ordinal);
        Assert.Contains("\n- ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\\", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("你好")]
    public async Task Answer_IsTheSameEveryTime_InMoreThanSixtyPieces(string question)
    {
        var first = await PiecesAsync(question);
        Assert.Equal(first, await PiecesAsync(question));
        Assert.True(first.Count > 60, $"{first.Count} pieces");
    }

    [Theory]
    [InlineData("one", "first round")]
    [InlineData("one,two", "1 earlier round ")]
    [InlineData("one,two,three", "2 earlier rounds")]
    [InlineData("一,二,三", "2 轮")]
    public async Task Answer_CountsTheRoundsBefore(string questions, string words)
    {
        var messages = questions.Split(',').SelectMany(question => new[]
        {
            new ChatMessage(ChatRole.User, question), new ChatMessage(ChatRole.Assistant, "Yes."),
        });
        Assert.Contains(words, await AnswerAsync([.. messages]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_QuotesOnlyTheBeginning_OfALongMessage()
    {
        var answer = await AnswerAsync(new ChatMessage(ChatRole.User, "begin\n" + new string('x', 500) + "end"));
        Assert.Contains("\"begin xxx", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("end\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastUpdate_HasUsageAndStop()
    {
        using var client = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.Zero });
        var response = await client.GetResponseAsync("two words", cancellationToken: Cancellation);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(2, response.Usage?.InputTokenCount);
        Assert.True(response.Usage?.OutputTokenCount > 60);
        Assert.Equal(ScriptedChatClient.ModelName, response.ModelId);
    }

    [Fact]
    public async Task Words_ComeAtThePace_AndStopWhenCancelled()
    {
        var clock = new ManualClock();
        using var client = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.FromSeconds(1) }, clock);
        using var stop = new CancellationTokenSource();
        await using var updates = client.Ask("hi", stop.Token).GetAsyncEnumerator(Cancellation);
        var move = updates.MoveNextAsync();
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(move.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await move);
        move = updates.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await move);
    }

    private static async Task<string> AnswerAsync(params ChatMessage[] messages)
    {
        using var client = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.Zero });
        return (await client.GetResponseAsync(messages, cancellationToken: Cancellation)).Text;
    }

    private static async Task<List<string>> PiecesAsync(string question)
    {
        using var client = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.Zero });
        List<string> pieces = [];
        await foreach (var update in client.Ask(question, Cancellation)) pieces.Add(update.Text);
        return pieces;
    }
}
