namespace Runnel.Architecture.Tests.Source;

/// <summary>The text files that a rule looks at: those of the repository, or some written down in a test.</summary>
internal sealed class SourceTree
{
    private readonly Lazy<IReadOnlyList<BuildFile>> projects;

    public SourceTree(IEnumerable<SourceFile> files)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        projects = new(() => [.. Files.Where(file => file.Extension == "csproj").Select(file => new BuildFile(file))]);
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public IEnumerable<SourceFile> Code => Files.Where(file => file.IsCode);

    public IReadOnlyList<BuildFile> Projects => projects.Value;

    public IEnumerable<BuildFile> ProductionProjects => Projects.Where(project => project.File.IsUnder("src"));

    public static SourceTree Of(params (string Path, string Text)[] files) =>
        new(files.Select(file => new SourceFile(file.Path, file.Text)));

    public SourceTree With(string path, string text) =>
        new(Files.Where(file => file.Path != path).Append(new SourceFile(path, text)));

    public BuildFile? ProjectOf(SourceFile file) =>
        Projects.Where(project => file.IsUnder(project.File.Folder)).MaxBy(project => project.File.Folder.Length);

    public IEnumerable<SourceFile> CSharpOf(BuildFile project) => CSharp.Where(file => ProjectOf(file) == project);

    /// <summary>The project file and what MSBuild imports into it from the folders above.</summary>
    public IEnumerable<BuildFile> BuildFilesOf(BuildFile project) =>
        Files
            .Where(file => file.Name is "Directory.Build.props" or "Directory.Build.targets")
            .Where(file => project.File.IsUnder(file.Folder))
            .Select(file => new BuildFile(file))
            .Prepend(project);
}
