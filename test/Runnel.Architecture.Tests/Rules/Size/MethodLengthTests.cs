using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class MethodLengthTests
{
    private const string path = "src/Runnel.Streams/A.cs";
    private static readonly MethodLengthRule rule = new();

    [Fact]
    public void Repository_HasNoMethodThatIsTooLong() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("void M()\n{\n", "}")]
    [InlineData("A()\n{\n", "}")]
    [InlineData("int P { get\n{\n", "return 1; } }")]
    [InlineData("Action f = () =>\n{\n", "};")]
    [InlineData("public static A operator +(A a, A b)\n{\n", "}")]
    public void Rule_ReportsABody_WhenItIsOneLineTooLong(string head, string tail)
    {
        Expect.Clean(rule, Tree(head, 50, tail));
        Expect.Reports(rule, Tree(head, 51, tail), $"{path}:4: body of 51 lines, at most 50 are allowed");
    }

    [Theory]
    [InlineData("void M()\n{\nvoid Local()\n{\n", "}\n}")]
    [InlineData("void M()\n{\nAction f = () =>\n{\n", "};\n}")]
    public void Rule_CountsWhatIsNested_AsPartOfItsMethod(string head, string tail)
    {
        Expect.Clean(rule, Tree(head, 47, tail));
        Expect.Reports(rule, Tree(head, 48, tail), $"{path}:4: body of 51 lines, at most 50 are allowed");
    }

    [Fact]
    public void Rule_ReportsAnExpression_ThatIsTooLong() =>
        Expect.Reports(
            rule,
            SourceTree.Of((path, $"class A\n{{\nint M() =>\n{string.Concat(Enumerable.Repeat("1 +\n", 50))}1;\n}}\n")),
            $"{path}:3: body of 52 lines, at most 50 are allowed");

    [Fact]
    public void Rule_ReportsTopLevelStatements_ThatAreTooLong()
    {
        Expect.Clean(rule, SourceTree.Of((path, Statements(50))));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Statements(51))),
            $"{path}:1: body of 51 lines, at most 50 are allowed");
    }

    private static SourceTree Tree(string head, int lines, string tail) =>
        SourceTree.Of((path, $"class A\n{{\n{head}{Statements(lines)}{tail}\n}}\n"));

    private static string Statements(int count) => string.Concat(Enumerable.Repeat("Call();\n", count));
}
