namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>Texts of project files; every item stands on a line of its own, from line 2.</summary>
internal static class Projects
{
    public static string Plain() => With();

    public static string With(params string[] items) =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>\n{string.Join('\n', items)}\n</ItemGroup></Project>\n";

    public static string Web() =>
        Plain().Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Web", StringComparison.Ordinal);

    public static string Reference(string project) => $"<ProjectReference Include=\"../{project}/{project}.csproj\" />";

    public static string Package(string name, string more = "") => $"<PackageReference Include=\"{name}\" {more}/>";

    public static string Framework(string name) => $"<FrameworkReference Include=\"{name}\" />";
}
