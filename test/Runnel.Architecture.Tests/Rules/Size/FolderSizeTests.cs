using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class FolderSizeTests
{
    private static readonly FolderSizeRule rule = new();

    [Fact]
    public void Repository_HasNoFolderThatIsTooFull() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Server/Turns", "cs")]
    [InlineData("test/Runnel.Server.Tests", "cs")]
    [InlineData("clients/runnel-client/src", "ts")]
    [InlineData("src/Runnel.Server/wwwroot", "js")]
    public void Rule_ReportsAFolder_WhenItHasOneFileTooMany(string folder, string extension)
    {
        Expect.Clean(rule, Tree(folder, extension, 20));
        Expect.Reports(
            rule,
            Tree(folder, extension, 21),
            $"{folder}/f21.{extension}:1: {folder} has 21 .{extension} files, at most 20 are allowed");
    }

    [Fact]
    public void Rule_CountsEachLanguageAndFolderForItself() =>
        Expect.Clean(
            rule,
            Tree("src/A", "cs", 20).With("src/A/B/C.cs", "").With("src/A/b.js", "").With("src/A/c.sql", ""));

    private static SourceTree Tree(string folder, string extension, int count) =>
        new(Enumerable.Range(1, count).Select(number => new SourceFile($"{folder}/f{number:00}.{extension}", "")));
}
