using Runnel.Fakes;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

/// <summary>Every fault of the fake, over a real connection.</summary>
public class MisbehaviourTests
{
    private const string Five = "word0 word1 word2 word3 word4 ";

    [Theory]
    [InlineData("", null, Five)]
    [InlineData("fault=nodone", null, Five)]
    [InlineData("fault=empty@2", null, Five)]
    [InlineData("comments crlf", null, Five)]
    [InlineData("delay=1ms ttft=1ms", null, Five)]
    [InlineData("fault=nofinish", "upstream_closed", Five)]
    [InlineData("fault=close@3", "upstream_closed", "word0 word1 word2 ")]
    [InlineData("fault=reset@3", "upstream_closed", "word0 word1 word2 ")]
    [InlineData("fault=reset", "upstream_unavailable", "")]
    [InlineData("fault=reset@0", "upstream_unavailable", "")]
    [InlineData("fault=badjson@3", "upstream_malformed", "word0 word1 word2 ")]
    [InlineData("fault=errchunk@3", "upstream_rejected", "word0 word1 word2 ")]
    [InlineData("fault=503", "upstream_unavailable", "")]
    [InlineData("fault=401", "upstream_rejected", "")]
    public async Task Answer_KeepsItsText_AndEndsAsItShould(string fault, string? code, string text)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        var heard = await client.HearAsync($"please [[tokens=5 {fault}]]");
        Assert.Equal((code, text), (heard.Failure?.WireCode, heard.Text));
    }

    [Fact]
    public async Task Fault_ForTheFirstRequests_IsGoneAfterThem()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        const string Question = "[[tokens=5 fault=429@2 retry_after=3]]";
        Assert.Equal(TimeSpan.FromSeconds(3), (await client.HearAsync(Question)).Failure?.RetryAfter);
        Assert.Equal(429, (await client.HearAsync(Question)).Failure?.Status);
        Assert.Equal(Five, (await client.HearAsync(Question)).Text);
        Assert.Equal(3, upstream.Requests.Count);
    }

    [Fact]
    public async Task Reasoning_AndHardCharacters_ComeThrough()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        var heard = await client.HearAsync("[[tokens=9 reasoning=2 utf8]]");
        Assert.Equal("grüße 日本語 ", heard.Reasoning);
        Assert.Equal("👩‍👩‍👧‍👦 \u2028\"quoted\" back\\slash line\n𝒳 grüße ", heard.Text);
    }

    [Fact]
    public async Task HugeDelta_ComesWhole()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        Assert.Equal(900 * 1024 + Five.Length, (await client.HearAsync("[[tokens=5 fault=huge@1]]")).Text.Length);
    }

    [Fact]
    public async Task WholeAnswer_OfAServerThatNeverHangsUp_IsWhole()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var held = upstream.Hold();
        using var client = Real.Client(upstream.BaseUrl);
        var hearing = client.HearAsync("hi");
        await held.SendAsync("all");
        await held.SendRawAsync($"data: {Wire.Finish("stop")}\n\n");
        var heard = await hearing;
        Assert.Equal(("all", null), (heard.Text, heard.Failure));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var elsewhere = await FakeUpstream.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Enqueue(Answers.Http(307, "text/plain", "", ("Location", elsewhere.BaseUrl + "/chat/completions")));
        using var client = Real.Client(upstream.BaseUrl);
        Assert.Equal(ProviderError.Rejected, (await client.HearAsync("hi")).Failure?.Code);
        Assert.Empty(elsewhere.Requests);
    }
}
