using System.IO.Enumeration;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>A library takes only what this table lists, and analyzers that stay in its own build.</summary>
internal sealed class PackageReferenceRule : IRule
{
    private const string aspNet = "Microsoft.AspNetCore.App";

    private static readonly string[] buildOnly = ["*Analyzers*", "Microsoft.SourceLink.*"];

    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["Runnel.Streams"] = ["Microsoft.Extensions.*Abstractions", "Microsoft.Extensions.Options"],
        ["Runnel.Streams.AspNetCore"] = [aspNet],
        ["Runnel.Streams.Sqlite"] =
        [
            "Microsoft.Data.Sqlite*", "SQLitePCLRaw.*", "Microsoft.Extensions.*Abstractions",
            "Microsoft.Extensions.Options",
        ],
        ["Runnel.Streams.Postgres"] = ["Npgsql", "Microsoft.Extensions.*Abstractions", "Microsoft.Extensions.Options"],
        ["Runnel.Providers"] = ["Microsoft.Extensions.AI.Abstractions", "Polly.Core"],
    };

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from project in tree.ProductionProjects
        where allowed.ContainsKey(project.Name)
        from file in tree.BuildFilesOf(project)
        from item in file.PackageReferences.Where(item => !IsBuildOnly(item)).Concat(file.FrameworkReferences)
        where !Matches(item, allowed[project.Name])
        select file.File.Breaks(this, item.Line, $"{project.Name} may not use {item.Include}");

    private static bool IsBuildOnly(BuildItem item) => item.IsPrivate && Matches(item, buildOnly);

    private static bool Matches(BuildItem item, string[] patterns) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, item.Include));
}
