using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

/// <summary>A test that is skipped proves nothing; it is repaired or removed.</summary>
internal sealed class SkippedTestRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsTest
        from node in file.Syntax.DescendantNodes()
        where AssignedName(node) == "Skip"
        select file.Breaks(this, node, "a test is skipped");

    private static string? AssignedName(SyntaxNode node) => node switch
    {
        AttributeArgumentSyntax { NameEquals: { } target } => target.Name.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: SimpleNameSyntax target } => target.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target } => target.Name.Identifier.ValueText,
        _ => null,
    };
}
