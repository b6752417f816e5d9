using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

public sealed class UnfinishedTests
{
    private static readonly UnfinishedRule rule = new();

    [Fact]
    public void Repository_HasNothingUnfinished() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Streams/A.cs", "TO" + "DO")]
    [InlineData("clients/web/src/a.ts", "FIX" + "ME")]
    [InlineData("test/Runnel.Streams.Tests/A.cs", "HA" + "CK")]
    [InlineData("src/Runnel.Streams/A.cs", "NotImplemented" + "Exception")]
    public void Rule_ReportsWhatIsNotDone(string path, string word)
    {
        Expect.Clean(rule, SourceTree.Of((path, "class A;\n// a todo list, MASTO" + "DONS\n"), ("docs/a.md", word)));
        Expect.Reports(
            rule,
            SourceTree.Of((path, $"class A;\n// {word}: later\n")),
            $"{path}:2: {word} says that something is not done");
    }
}
