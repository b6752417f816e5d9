using System.Text.Json;
using Microsoft.Extensions.AI;
using Runnel.Providers.Scripted;

namespace Runnel.Providers.Tests.Scripted;

public class ScriptedTrainingTests
{
    private static readonly string[] Thin = ["date"];

    [Theory]
    [InlineData("I live in Paris.", "information_sharing", true)]
    [InlineData("你好！", "greeting", false)]
    [InlineData("Who are you?", "question_asking", false)]
    [InlineData("Actually, I live in Rome.", "clarification", true)]
    [InlineData("🙂", "other", false)]
    public async Task Intent_GoesByTheFormOfTheMessage(string message, string intent, bool extract)
    {
        using var answer = JsonDocument.Parse(await AskAsync(new { task = "intent_recognition", rounds_before = 3, message }));

        Assert.Equal(intent, answer.RootElement.GetProperty("intent").GetString());
        Assert.Equal(extract, answer.RootElement.GetProperty("extract").GetBoolean());
        Assert.Equal("exploring", answer.RootElement.GetProperty("stage").GetString());
    }

    [Theory]
    [InlineData("I live in New York, and I work at Acme.", "User New York Acme", "lives in works at")]
    [InlineData("我来自上海。我会游泳", "用户 上海 游泳", "comes from can")]
    [InlineData("Nothing to see here", "", "")]
    public async Task Facts_AreWhatSimpleSentencesSay(string message, string names, string types)
    {
        using var answer = JsonDocument.Parse(await AskAsync(new { task = "knowledge_extraction", message }));

        Assert.Equal(names, string.Join(' ', answer.RootElement.GetProperty("entities").EnumerateArray()
            .Select(entity => entity.GetProperty("name").GetString())));
        Assert.Equal(types, string.Join(' ', answer.RootElement.GetProperty("relations").EnumerateArray()
            .Select(relation => relation.GetProperty("type").GetString())));
    }

    [Fact]
    public async Task Questions_BeginWithTheThinnestArea_AndNeverRepeat()
    {
        var asked = new List<string>();
        for (var i = 0; i < 40; i++)
            asked.Add(await AskAsync(new { task = "question_generation", message = "hi", thin_areas = Thin, asked }));

        Assert.Contains("birthday", asked[0], StringComparison.Ordinal);
        Assert.Equal(40, asked.Distinct().Count());
    }

    [Fact]
    public async Task AMessageThatIsNoTask_IsAnsweredAsAlways()
    {
        Assert.Contains("demonstration model", await AskAsync("{\"a\":1}"), StringComparison.Ordinal);
        Assert.Contains("demonstration model", await AskAsync("{"), StringComparison.Ordinal);
    }

    private static Task<string> AskAsync(object task) => AskAsync(JsonSerializer.Serialize(task));

    private static async Task<string> AskAsync(string message)
    {
        using var model = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.Zero });
        var answer = await model.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "s"), new ChatMessage(ChatRole.User, message)],
            null,
            TestContext.Current.CancellationToken);
        return answer.Text;
    }
}
