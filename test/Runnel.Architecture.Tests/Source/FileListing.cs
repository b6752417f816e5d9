using System.ComponentModel;
using System.Diagnostics;

namespace Runnel.Architecture.Tests.Source;

/// <summary>The files of a repository: what git knows or would add, or, without git, what is not built.</summary>
internal static class FileListing
{
    private static readonly string[] built = [".git", "artifacts", "bin", "obj", "node_modules", "dist"];

    public static IEnumerable<string> Of(string root) => KnownToGit(root) ?? Walk(root);

    public static IEnumerable<string> Walk(string root) => Walk(new DirectoryInfo(root), "");

    private static IEnumerable<string> Walk(DirectoryInfo folder, string prefix)
    {
        var here = folder.EnumerateFiles().Select(file => prefix + file.Name);
        var below = folder.EnumerateDirectories()
            .Where(child => child.LinkTarget is null && !built.Contains(child.Name))
            .SelectMany(child => Walk(child, $"{prefix}{child.Name}/"));
        return here.Concat(below);
    }

    /// <returns>Null when there is no git, or when the folder is not what git looks at.</returns>
    private static List<string>? KnownToGit(string root)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            // A file may be deleted and not yet committed as such.
            return git.ExitCode == 0 && paths.Contains("Runnel.slnx")
                ? [.. paths.Distinct().Where(path => File.Exists(Path.Combine(root, path)))]
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
