using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>What the product does without, as a package, what a package brings along, or a namespace.</summary>
internal sealed class ForbiddenPackageRule : IRule
{
    private static readonly string[] forbidden = ["MediatR", "AutoMapper", "Mapster", "SignalR"];

    public IEnumerable<Violation> Check(SourceTree tree) =>
        tree.Files
            .Where(file => file.IsUnder("src") || file.Name.StartsWith("Directory.", StringComparison.Ordinal))
            .SelectMany(Mentions);

    private IEnumerable<Violation> Mentions(SourceFile file)
    {
        foreach (var (name, line) in NamesIn(file))
        {
            var parts = name.Split('.');
            var word = forbidden.FirstOrDefault(word => parts.Contains(word, StringComparer.OrdinalIgnoreCase));
            if (word is not null)
                yield return file.Breaks(this, line, $"{name}: {word} is deliberately absent");
        }
    }

    private static IEnumerable<(string Name, int Line)> NamesIn(SourceFile file) => file switch
    {
        { Extension: "csproj" or "props" or "targets" } => Items(new BuildFile(file)),
        { Name: "packages.lock.json" } => file.Lines.Select((line, index) => (KeyOf(line), index + 1)),
        { IsCSharp: true } => file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.Name is not null)
            .Select(directive => (directive.Name!.ToString(), SourceFile.LineOf(directive))),
        _ => [],
    };

    private static IEnumerable<(string Name, int Line)> Items(BuildFile file) =>
        file.PackageReferences.Concat(file.PackageVersions).Select(item => (item.Include, item.Line));

    private static string KeyOf(string line) => line.Split('"') is [_, var key, ..] ? key : "";
}
