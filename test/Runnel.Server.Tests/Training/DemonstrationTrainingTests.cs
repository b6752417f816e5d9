using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training;

public class DemonstrationTrainingTests
{
    [Theory]
    [InlineData("My name is Ada. I live in Paris and I like chess.", "Paris User chess", "Thank you")]
    [InlineData("我叫小明，我住在北京，我喜欢爬山。", "北京 爬山 用户", "谢谢")]
    public async Task Training_WorksWithoutAnyModel(string message, string names, string words)
    {
        await using var server = await RunnelServer.StartAsync("Shutdown:GraceSeconds=0");
        var speaker = new Speaker(await server.NewUserAsync());
        var human = await speaker.NewHumanAsync();

        var complete = (await speaker.TeachAsync(human, message)).AssertWhole();

        Assert.StartsWith(words, complete.Text("question"), StringComparison.Ordinal);
        Assert.Equal(names.Split(' ').Order(StringComparer.Ordinal), await speaker.KnownNamesAsync(human));
    }
}
