using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class LineWidthTests
{
    private static readonly LineWidthRule rule = new();

    [Fact]
    public void Repository_HasNoLineThatIsTooWide() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Streams/A.cs")]
    [InlineData("test/Runnel.Streams.Tests/A.cs")]
    [InlineData("clients/web/src/a.ts")]
    [InlineData("src/Runnel.Server/wwwroot/a.js")]
    public void Rule_ReportsALine_WhenItIsOneCharacterTooWide(string path)
    {
        Expect.Clean(rule, SourceTree.Of((path, Text(140))));
        Expect.Reports(rule, SourceTree.Of((path, Text(141))), $"{path}:2: 141 characters, at most 140 are allowed");
    }

    [Fact]
    public void Rule_LeavesSqlAndProseAlone() =>
        Expect.Clean(rule, SourceTree.Of(("src/A/001.sql", Text(300)), ("README.md", Text(300))));

    private static string Text(int width) => $"// short\n{new string('/', width)}\n";
}
