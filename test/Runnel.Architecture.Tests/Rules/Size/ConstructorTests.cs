using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

public sealed class ConstructorTests
{
    private const string path = "src/Runnel.Streams/A.cs";
    private const string six = "int a, int b, int c, int d, int e, int f";
    private static readonly ConstructorRule rule = new();

    [Fact]
    public void Repository_HasNoConstructorThatTakesTooMuch() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("class A(#);")]
    [InlineData("struct A(#);")]
    [InlineData("class A { public A(#) { } }")]
    [InlineData("class Outer { class A(#); }")]
    public void Rule_ReportsAConstructor_WhenItTakesOneTooMany(string text)
    {
        Expect.Clean(rule, Tree(text, six));
        Expect.Reports(rule, Tree(text, six + ", int g"), $"{path}:2: A takes 7 parameters, at most 6 are allowed");
    }

    [Theory]
    [InlineData("record A(#);")]
    [InlineData("record struct A(#);")]
    [InlineData("class WideAttribute(#) : Attribute;")]
    [InlineData("class WideOptions { public WideOptions(#) { } }")]
    public void Rule_LetsDataBeAsWideAsItIs(string text) => Expect.Clean(rule, Tree(text, six + ", int g"));

    private static SourceTree Tree(string text, string parameters) =>
        SourceTree.Of((path, "\n" + text.Replace("#", parameters, StringComparison.Ordinal)));
}
