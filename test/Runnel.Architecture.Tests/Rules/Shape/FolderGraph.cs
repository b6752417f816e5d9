using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>Which top-level folder of a project mentions a type of which other one, and where first.</summary>
internal sealed class FolderGraph
{
    public const string Root = ".";

    private readonly Dictionary<string, SortedDictionary<string, FolderEdge>> edges = [];

    public FolderGraph(BuildFile project, IReadOnlyList<SourceFile> files, bool withRoot)
    {
        var homes = Homes(project, files);
        foreach (var file in files)
            foreach (var name in TypeMentions.In(file.Syntax))
                if (Find(homes, name) is { } home && FolderOf(project, file) is var from && from != home)
                    if (withRoot || (from != Root && home != Root))
                        Of(from).TryAdd(home, new FolderEdge(from, home, TextOf(name), file, SourceFile.LineOf(name)));
    }

    /// <summary>For every edge on a cycle the shortest one through it; the same cycle is given once.</summary>
    public IEnumerable<IReadOnlyList<FolderEdge>> Cycles() =>
        edges.Keys.Order(StringComparer.Ordinal)
            .SelectMany(from => edges[from].Values)
            .Select(edge => PathBetween(edge.To, edge.From) is { } back ? Turned([edge, .. back]) : null)
            .OfType<IReadOnlyList<FolderEdge>>()
            .DistinctBy(cycle => string.Join('/', cycle.Select(edge => edge.From)));

    private static Dictionary<string, string> Homes(BuildFile project, IEnumerable<SourceFile> files) =>
        files
            .SelectMany(file => Declarations.TopLevel(file.Syntax).Select(type => (Type: type, File: file)))
            .GroupBy(pair => Declarations.NameOf(pair.Type).ValueText, pair => FolderOf(project, pair.File))
            .Where(type => type.Distinct().Count() == 1)
            .ToDictionary(type => type.Key, type => type.First());

    private static string? Find(Dictionary<string, string> homes, SimpleNameSyntax name) =>
        homes.GetValueOrDefault(TextOf(name))
        ?? (name.Parent is AttributeSyntax ? homes.GetValueOrDefault(TextOf(name) + "Attribute") : null);

    private static string TextOf(SimpleNameSyntax name) => name.Identifier.ValueText;

    private static string FolderOf(BuildFile project, SourceFile file) =>
        file.Folder == project.File.Folder ? Root : file.Folder[(project.File.Folder.Length + 1)..].Split('/')[0];

    private SortedDictionary<string, FolderEdge> Of(string from) =>
        edges.TryGetValue(from, out var known) ? known : edges[from] = new(StringComparer.Ordinal);

    private List<FolderEdge>? PathBetween(string start, string end)
    {
        var paths = new Queue<List<FolderEdge>>([[]]);
        var seen = new HashSet<string> { start };
        while (paths.TryDequeue(out var path))
        {
            var here = path is [] ? start : path[^1].To;
            if (here == end)
                return path;
            foreach (var edge in edges.GetValueOrDefault(here)?.Values.Where(edge => seen.Add(edge.To)) ?? [])
                paths.Enqueue([.. path, edge]);
        }

        return null;
    }

    private static List<FolderEdge> Turned(List<FolderEdge> cycle)
    {
        var first = cycle.IndexOf(cycle.MinBy(edge => edge.From, StringComparer.Ordinal)!);
        return [.. cycle[first..], .. cycle[..first]];
    }
}
