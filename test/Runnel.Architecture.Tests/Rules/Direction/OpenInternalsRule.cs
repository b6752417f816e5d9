using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>What is internal, like the dialects of vendors, is opened to tests, never to production projects.</summary>
internal sealed class OpenInternalsRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree)
    {
        var production = tree.ProductionProjects.Select(project => project.Name).ToHashSet();
        return
            from project in tree.ProductionProjects
            from friend in InItems(tree, project).Concat(InCode(tree, project))
            where production.Contains(friend.Name)
            select friend.File.Breaks(this, friend.Line, $"{project.Name} opens its internals to {friend.Name}");
    }

    private static IEnumerable<(SourceFile File, int Line, string Name)> InItems(SourceTree tree, BuildFile project) =>
        from file in tree.BuildFilesOf(project)
        from item in file.InternalsVisibleTo
        select (file.File, item.Line, item.Include.Split(',')[0].Trim());

    private static IEnumerable<(SourceFile File, int Line, string Name)> InCode(SourceTree tree, BuildFile project) =>
        from file in tree.CSharpOf(project)
        from list in file.Syntax.AttributeLists
        from attribute in list.Attributes
        where attribute.Name.ToString().Contains("InternalsVisibleTo", StringComparison.Ordinal)
        from argument in attribute.DescendantNodes().OfType<LiteralExpressionSyntax>().Take(1)
        select (file, SourceFile.LineOf(attribute), argument.Token.ValueText.Split(',')[0].Trim());
}
