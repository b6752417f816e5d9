using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>
/// The names in a file that stand for types, as far as the text alone can tell: where C# allows nothing but a type, and
/// in expressions where neither the position nor a member, parameter or variable of the file makes it something else.
/// </summary>
internal sealed class TypeMentions
{
    private readonly CompilationUnitSyntax root;
    private readonly HashSet<string> ownTypes;
    private readonly HashSet<string> values;

    private TypeMentions(CompilationUnitSyntax root)
    {
        this.root = root;
        ownTypes = [.. Declarations.All(root).Select(type => Declarations.NameOf(type).ValueText)];
        var parameters = root.DescendantNodes().OfType<TypeParameterSyntax>();
        ownTypes.UnionWith(parameters.Select(parameter => parameter.Identifier.ValueText));
        values = [.. root.DescendantNodes().Select(ValueDeclaredBy).OfType<string>()];
    }

    public static IEnumerable<SimpleNameSyntax> In(CompilationUnitSyntax root) => new TypeMentions(root).Find();

    private IEnumerable<SimpleNameSyntax> Find() =>
        root.DescendantNodes(node => node is not UsingDirectiveSyntax { StaticKeyword.RawKind: 0, Alias: null })
            .OfType<SimpleNameSyntax>()
            .Where(name => !ownTypes.Contains(name.Identifier.ValueText))
            .Where(IsType);

    private bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax => false,
        InvocationExpressionSyntax call when call.Expression == name => false,
        MemberAccessExpressionSyntax access when access.Name == name => IsQualified(access),
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } member when member.Left == name => false,
        QualifiedNameSyntax or AliasQualifiedNameSyntax => !IsNamespace(name),
        BaseNamespaceDeclarationSyntax => false,
        _ => SyntaxFacts.IsInTypeOnlyContext(name) || !values.Contains(name.Identifier.ValueText),
    };

    private static bool IsNamespace(NameSyntax name)
    {
        var outermost = name.AncestorsAndSelf().TakeWhile(node => node is NameSyntax).Last();
        return outermost.Parent is BaseNamespaceDeclarationSyntax || (name.Parent as QualifiedNameSyntax)?.Left == name;
    }

    /// <summary>In <c>Turns.Turn.Start()</c> the second name is a type; in <c>request.Turn</c> it is a member.</summary>
    private bool IsQualified(MemberAccessExpressionSyntax access) =>
        access.Expression.DescendantNodesAndSelf()
            .All(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax)
        && access.Expression.ToString() is var left
        && char.IsUpper(left[0])
        && !values.Contains(left.Split('.')[0])
        && access.Parent is MemberAccessExpressionSyntax;

    private static string? ValueDeclaredBy(SyntaxNode node) => node switch
    {
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        _ => null,
    };
}
