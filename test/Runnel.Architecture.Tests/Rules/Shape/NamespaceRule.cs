using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>A namespace is the project's name and the folders below it; a file without types needs none.</summary>
internal sealed class NamespaceRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        let project = tree.ProjectOf(file)
        where project is not null
        let expected = NamespaceOf(project, file)
        let types = Declarations.TopLevel(file.Syntax).Where(type => !IsProgram(type))
        let wrong = types.FirstOrDefault(type => Found(type) != expected)
        where wrong is not null
        select file.Breaks(
            this,
            wrong.Parent as BaseNamespaceDeclarationSyntax ?? (MemberDeclarationSyntax)wrong,
            $"namespace {Found(wrong) ?? "is missing"}, the folder says {expected}");

    private static string? Found(MemberDeclarationSyntax type) =>
        (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString();

    private static string NamespaceOf(BuildFile project, SourceFile file) =>
        project.RootNamespace + file.Folder[project.File.Folder.Length..].Replace('/', '.');

    // The compiler puts the type of top-level statements into the global namespace.
    private static bool IsProgram(MemberDeclarationSyntax type) =>
        type is ClassDeclarationSyntax { Identifier.ValueText: "Program", Parent: CompilationUnitSyntax };
}
