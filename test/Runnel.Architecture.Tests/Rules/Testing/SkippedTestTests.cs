using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

public sealed class SkippedTestTests
{
    private const string path = "test/Runnel.Streams.Tests/A.cs";
    private static readonly SkippedTestRule rule = new();

    [Fact]
    public void Repository_SkipsNoTest() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("[Fact(Skip = \"later\")] public void A_B() { }")]
    [InlineData("[InlineData(1, Skip = \"later\")] public void A_B() { }")]
    [InlineData("public A() { Skip = \"later\"; }")]
    [InlineData("public A() => this.Skip = \"later\";")]
    public void Rule_ReportsATest_ThatIsSkipped(string member)
    {
        Expect.Clean(rule, Tree("[Fact] public void A_B() => list.Skip(1);"));
        Expect.Reports(rule, Tree(member), $"{path}:3: a test is skipped");
    }

    private static SourceTree Tree(string member) => SourceTree.Of((path, $"class A\n{{\n    {member}\n}}\n"));
}
