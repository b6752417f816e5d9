using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

public sealed class OneTypeTests
{
    private const string path = "src/Runnel.Streams/A.cs";
    private static readonly OneTypeRule rule = new();

    [Fact]
    public void Repository_HasOneTypeInAFile() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("class B;")]
    [InlineData("struct B;")]
    [InlineData("interface B;")]
    [InlineData("record B;")]
    [InlineData("record struct B;")]
    [InlineData("enum B { One }")]
    [InlineData("delegate void B();")]
    public void Rule_ReportsASecondType(string second)
    {
        Expect.Clean(rule, SourceTree.Of((path, "namespace N;\nclass A;\n")));
        foreach (var two in new[] { $"namespace N;\nclass A;\n{second}\n", $"namespace N {{\nclass A;\n{second} }}\n" })
            Expect.Reports(rule, SourceTree.Of((path, two)), $"{path}:3: B needs a file of its own");
    }

    [Fact]
    public void Rule_AcceptsTypes_ThatBelongToTheFirst() =>
        Expect.Clean(rule, SourceTree.Of((path, "class A { class Nested; enum Kind { One } }\nfile class Local;\n")));

    [Fact]
    public void Rule_LeavesTestsAlone() =>
        Expect.Clean(rule, SourceTree.Of(("test/A.Tests/A.cs", "class A;\nclass B;\n")));
}
