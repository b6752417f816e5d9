using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class ShortFilesTests
{
    private const string longer = "src/Runnel.Streams/Long.cs";
    private static readonly ShortFilesRule rule = new();

    [Fact]
    public void Repository_HasMostlyShortFiles() => Expect.Clean(rule, Repository.Tree);

    [Fact]
    public void Rule_ReportsLongFiles_WhenTheyAreMoreThanATenth()
    {
        Expect.Clean(rule, Tree(shorter: 9, lines: 151));
        Expect.Clean(rule, Tree(shorter: 8, lines: 150));
        Expect.Reports(
            rule,
            Tree(shorter: 8, lines: 151),
            $"{longer}:151: 151 lines; 1 of 9 files have more than 150 lines, at most 10 % may");
    }

    [Fact]
    public void Rule_CountsProductionCodeOnly() =>
        Expect.Reports(
            rule,
            Tree(shorter: 8, lines: 151)
                .With("src/Runnel.Streams/a.css", "")
                .With("test/A.cs", "")
                .With("docs/a.md", ""),
            $"{longer}:151: 151 lines; 1 of 9 files have more than 150 lines, at most 10 % may");

    private static SourceTree Tree(int shorter, int lines) =>
        new(Enumerable.Range(0, shorter)
            .Select(number => new SourceFile($"src/Runnel.Streams/Short{number}.cs", Lines.Of(150)))
            .Append(new SourceFile(longer, Lines.Of(lines))));
}
