using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

/// <summary>The name of a test is a sentence, so that a list of failures can be read.</summary>
internal sealed class TestNameRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsTest
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(IsTest)
        let name = method.Identifier
        where !name.ValueText.Trim('_').Contains('_', StringComparison.Ordinal)
        select file.Breaks(this, name, $"{name.ValueText} is not a sentence like Subject_DoesThis_WhenThat");

    private static bool IsTest(AttributeSyntax attribute) =>
        attribute.Name.ToString().Split('.')[^1] is "Fact" or "FactAttribute" or "Theory" or "TheoryAttribute";
}
