using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>A production file declares one type, and what is nested in it or visible in its file only.</summary>
internal sealed class OneTypeRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsProduction
        from type in Declarations.TopLevel(file.Syntax).Where(type => !IsFileLocal(type)).Skip(1)
        select file.Breaks(this, type, $"{Declarations.NameOf(type).ValueText} needs a file of its own");

    private static bool IsFileLocal(MemberDeclarationSyntax type) =>
        type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.FileKeyword));
}
