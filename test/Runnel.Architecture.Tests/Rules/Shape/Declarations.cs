using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Runnel.Architecture.Tests.Rules.Shape;

internal static class Declarations
{
    public static IEnumerable<MemberDeclarationSyntax> TopLevel(CompilationUnitSyntax root) =>
        All(root, node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax);

    public static IEnumerable<MemberDeclarationSyntax> All(CompilationUnitSyntax root) =>
        All(root, node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax);

    public static SyntaxToken NameOf(MemberDeclarationSyntax type) => type switch
    {
        DelegateDeclarationSyntax method => method.Identifier,
        BaseTypeDeclarationSyntax other => other.Identifier,
        _ => throw new ArgumentException("Not a declaration of a type.", nameof(type)),
    };

    private static IEnumerable<MemberDeclarationSyntax> All(SyntaxNode root, Func<SyntaxNode, bool> descend) =>
        root.DescendantNodes(descend)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
}
