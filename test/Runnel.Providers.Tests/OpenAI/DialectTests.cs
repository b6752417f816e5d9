using System.Text;
using Runnel.Fakes;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

public class DialectTests
{
    public static TheoryData<string> Names => [.. Dialects.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_IsTheSame_WhereverTheNetworkCutsIt(string name)
    {
        var (wire, meaning) = (Dialects.Wire(name), Dialects.All[name]);
        var bytes = Encoding.UTF8.GetBytes(wire);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(meaning, await CannedServer.Stream([bytes[..cut], bytes[cut..]]).AskAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_IsTheSame_WhenEveryByteComesAlone(string name)
    {
        var (wire, meaning) = (Dialects.Wire(name), Dialects.All[name]);
        var bytes = Encoding.UTF8.GetBytes(wire).Select(one => new[] { one });
        Assert.Equal(meaning, await CannedServer.Stream([.. bytes]).AskAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_IsTheSame_WithCarriageReturnAndLineFeed(string name) => await AssertCutsAsync(name, "\r\n");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_IsTheSame_WithCarriageReturnsOnly(string name) => await AssertCutsAsync(name, "\r");

    [Fact]
    public async Task Answer_IsTheSame_AfterAByteOrderMark()
    {
        var (wire, meaning) = (Dialects.Wire("openai"), Dialects.All["openai"]);
        Assert.Equal(meaning, await CannedServer.Stream("\uFEFF" + wire).AskAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData(null)]
    public async Task Answer_IsTheSame_WhenAnEventStreamIsCalledSomethingElse(string? contentType)
    {
        var (wire, meaning) = (Dialects.Wire("openai"), Dialects.All["openai"]);
        Assert.Equal(meaning, await CannedServer.Typed(contentType, wire).AskAsync());
    }

    [Fact]
    public async Task PlainCompletion_IsTaken_ThoughAStreamWasAskedFor()
    {
        const string Body = """

            {"id":"p1","model":"m","object":"chat.completion","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"whole","reasoning_content":"thought","refusal":null}}],
            "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}
            """;
        var heard = await CannedServer.Typed("application/json", Body).AskAsync();
        Assert.Equal(new Heard("whole", "thought", "stop", 1, 2, "p1", "m"), heard);
    }

    [Fact]
    public async Task OneDelta_OfNineHundredKilobytes_ComesWhole()
    {
        var text = new string('x', 900 * 1024);
        var wire = "data: " + Wire.Text(text) + "\n\ndata: [DONE]\n\n";
        Assert.Equal(text, (await CannedServer.Stream(wire).AskAsync()).Text);
    }

    private static async Task AssertCutsAsync(string name, string lineEnd)
    {
        var (wire, meaning) = (Dialects.Wire(name), Dialects.All[name]);
        var bytes = Encoding.UTF8.GetBytes(wire.ReplaceLineEndings(lineEnd));
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(meaning, await CannedServer.Stream([bytes[..cut], bytes[cut..]]).AskAsync());
    }
}
