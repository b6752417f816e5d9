using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

public sealed class TestNameTests
{
    private const string path = "test/Runnel.Streams.Tests/A.cs";
    private static readonly TestNameRule rule = new();

    [Fact]
    public void Repository_NamesTestsAsSentences() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("[Fact]")]
    [InlineData("[Theory]")]
    [InlineData("[Xunit.Fact(Timeout = 1)]")]
    [InlineData("[Trait(\"a\", \"b\"), TheoryAttribute]")]
    public void Rule_ReportsATest_WhoseNameIsNoSentence(string attribute)
    {
        Expect.Clean(rule, SourceTree.Of((path, Text(attribute, "Writer_Appends"))));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Text(attribute, "Appends"))),
            $"{path}:4: Appends is not a sentence like Subject_DoesThis_WhenThat");
    }

    [Fact]
    public void Rule_LeavesOtherMethodsAlone() => Expect.Clean(rule, SourceTree.Of((path, Text("[Pure]", "Appends"))));

    private static string Text(string attribute, string name) =>
        $"class A\n{{\n    {attribute}\n    public void {name}() {{ }}\n}}\n";
}
