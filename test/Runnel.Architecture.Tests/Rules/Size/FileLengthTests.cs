using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class FileLengthTests
{
    private static readonly FileLengthRule rule = new();

    [Fact]
    public void Repository_HasNoFileThatIsTooLong() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Streams/A.cs", 250)]
    [InlineData("src/Runnel.Server/wwwroot/app.js", 250)]
    [InlineData("src/Runnel.Server/wwwroot/app.css", 250)]
    [InlineData("clients/runnel-client/src/follow.ts", 250)]
    [InlineData("clients/web/src/Answer.tsx", 250)]
    [InlineData("clients/runnel-client/src/follow.test.ts", 500)]
    [InlineData("test/Runnel.Streams.Tests/A.cs", 500)]
    [InlineData("bench/Runnel.Benchmarks/A.cs", 500)]
    public void Rule_ReportsAFile_WhenItIsOneLineTooLong(string path, int limit)
    {
        Expect.Clean(rule, SourceTree.Of((path, Lines.Of(limit))));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Lines.Of(limit + 1))),
            $"{path}:{limit + 1}: {limit + 1} lines, at most {limit} are allowed");
    }

    [Fact]
    public void Rule_LeavesProseAlone() =>
        Expect.Clean(rule, SourceTree.Of(("docs/protocol.md", Lines.Of(2000)), ("src/A/B.sql", Lines.Of(2000))));
}
