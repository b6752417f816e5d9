using Runnel.Server.Hosting.Start;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Models;

/// <summary>A wrong value stops the start with one line that names the key and repeats no secret.</summary>
public class WrongModelTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "Models:Providers:0:BaseUrl=http://x", "Models:Providers:0:Name" },
        { "Models:Providers:0:Name=a Models:Providers:0:BaseUrl=ftp://x", "Models:Providers:0:BaseUrl" },
        { "Models:Providers:0:Name=a Models:Providers:0:BaseUrl=", "Models:Providers:0:BaseUrl" },
        { "Models:Providers:0:Name=a Models:Providers:0:Model=", "Models:Providers:0:Model" },
        { "Models:Providers:0:Name=a Models:Providers:0:Kind=Azure", "Models:Providers:0:Kind must be OpenAI or Scripted" },
        { "Models:Providers:0:Name=a Models:Providers:0:ApiKey=sk-\u00e9secret", "Models:Providers:0:ApiKey" },
        { "Models:Providers:0:Name=a Models:Providers:1:Name=A", "Models:Providers has two" },
        { "Models:Providers:0:Name=a Models:Default=b", "Models:Default must be one of a, not \"b\"" },
        { "OPENAI_API_KEY=k Models:Default=b", "Models:Default must be one of openai" },
        { "Models:Default=b", "Models:Default must be one of scripted" },
        { "OPENAI_BASE_URL=localhost", "OPENAI_BASE_URL" },
        { "OPENAI_API_KEY=sk-\u00e9secret", "OPENAI_API_KEY" },
        { "Models:Discover=perhaps", "Models:Discover must be true or false" },
        { "Models:Discover=true Models:DiscoverAt:0=here", "Models:DiscoverAt:0" },
        { "Models:Timeouts:StallSeconds=0", "Models:Timeouts:StallSeconds" },
        { "Models:Providers:0:Name=a Models:Providers:0:ContextTokens=9", "Models:Providers:0:ContextTokens must be between" },
        { "Models:Providers:0:Name=a Models:Providers:0:RetryAfterText=no", "Models:Providers:0:RetryAfterText must be" },
        { "Models:Providers:0:Name=a Models:Providers:0:Fallback=A", "Models:Providers:0:Fallback is \"A\"" },
        {
            "Models:Providers:0:Name=a Models:Providers:1:Name=b Models:Providers:1:Fallback=c",
            "Models:Providers:1:Fallback must be one of a, not"
        },
        { "Models:Fallback=b", "Models:Fallback must be one of scripted" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task AWrongValue_StopsTheStart_WithALineThatNamesItsKey(string settings, string says)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var server = await RunnelServer.StartAsync(settings.Split(' '));
        });

        var line = StartFailure.Explain(exception);
        Assert.NotNull(line);
        Assert.StartsWith($"Configuration: {says}", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyVariable_IsAsIfItWereNotThere()
    {
        await using var server = await RunnelServer.StartAsync("OPENAI_API_KEY=", "OPENAI_BASE_URL= ", "OPENAI_MODEL=");

        var models = await new Speaker(await server.NewUserAsync()).GetAsync("/api/v1/models");

        Assert.Equal("scripted", models.Text("default"));
    }
}
