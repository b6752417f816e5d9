using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

public sealed class HttpContextTests
{
    private const string text = "// A comment may name HttpContext.\nclass A\n{\n    void B(HttpContext c) { }\n}\n";
    private static readonly HttpContextRule rule = new();

    [Fact]
    public void Repository_KeepsTheRequestWhereItBelongs() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Server/Program.cs")]
    [InlineData("src/Runnel.Server/Turns/SendMessage.cs")]
    [InlineData("src/Runnel.Server/Auth/Login.cs")]
    [InlineData("src/Runnel.Server/Hosting/Drain.cs")]
    [InlineData("src/Runnel.Streams.AspNetCore/EventResponse.cs")]
    [InlineData("test/Runnel.Server.Tests/Turns/TurnRunner.cs")]
    public void Rule_AcceptsTheRequest_WhereItIsAnswered(string path) =>
        Expect.Clean(rule, SourceTree.Of((path, text)));

    [Theory]
    [InlineData("src/Runnel.Server/Persistence/Database.cs", "what is stored does not depend on a request")]
    [InlineData("src/Runnel.Server/Turns/TurnRunner.cs", "a runner outlives the request that started it")]
    [InlineData("src/Runnel.Streams/Follower.cs", "a library does not know that there is an HTTP request")]
    [InlineData("src/Runnel.Providers/OpenAI/Client.cs", "a library does not know that there is an HTTP request")]
    public void Rule_ReportsTheRequest_WhereNobodyMayKnowIt(string path, string reason)
    {
        Expect.Clean(rule, SourceTree.Of((path, text.Replace("(HttpContext c)", "()", StringComparison.Ordinal))));
        Expect.Reports(rule, SourceTree.Of((path, text)), $"{path}:4: HttpContext: {reason}");
    }

    [Fact]
    public void Rule_ReportsTheRequest_WhenItIsReachedThroughItsAccessor() =>
        Expect.Reports(
            rule,
            SourceTree.Of(("src/Runnel.Providers/Client.cs", "class A(IHttpContextAccessor accessor);\n")),
            "src/Runnel.Providers/Client.cs:1: IHttpContextAccessor: a library does not know that there is an HTTP request");
}
