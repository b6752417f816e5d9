using System.Diagnostics;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Auditing;

/// <summary>What <c>audit.sh</c> says when <c>dotnet</c>, <c>npm</c> and <c>curl</c> answer what was recorded.</summary>
internal sealed record AuditRun(int ExitCode, string Output)
{
    // Functions, which bash takes before what is in PATH.
    private const string Fakes = """
        dotnet() {
          case "$*" in
            "nuget list source"*) echo "E https://registry.test/v3/index.json" ;;
            list*) cat "$RECORDED/$NUGET" ;;
          esac
        }

        npm() {
          case "$PWD" in
            */clients/*) cat "$RECORDED/$NPM"; return 1 ;;
            *) cat "$RECORDED/$CANARY" ;;
          esac
        }

        curl() {
          local last
          for last; do :; done
          [ "$(basename "$last")" != "$MISSING" ] && cat "$RECORDED/$(basename "$last")"
        }
        """;

    /// <param name="nuget">The recorded answer of <c>dotnet list package</c>.</param>
    /// <param name="missing">The file that the NuGet source does not have.</param>
    /// <param name="npm">The recorded answer of <c>npm audit</c>; null where there is no lock file.</param>
    /// <param name="canary">Its answer about a package that is known to be bad.</param>
    public static AuditRun Of(
        string nuget = "nuget-clean.txt", string missing = "", string? npm = null, string canary = "npm-critical.json")
    {
        var directory = Directory.CreateTempSubdirectory("runnel-audit-");
        try
        {
            File.Copy(Path.Combine(Repository.Root, "audit.sh"), Path.Combine(directory.FullName, "audit.sh"));
            File.WriteAllText(Path.Combine(directory.FullName, "fakes.sh"), Fakes);
            if (npm is not null)
                File.WriteAllText(Path.Combine(directory.CreateSubdirectory("clients/web").FullName, "package-lock.json"), "{}");
            return Run(directory, new() { ["NUGET"] = nuget, ["MISSING"] = missing, ["NPM"] = npm ?? "", ["CANARY"] = canary });
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static AuditRun Run(DirectoryInfo directory, Dictionary<string, string> answers)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(directory.FullName, "audit.sh")]) { RedirectStandardOutput = true };
        start.Environment["BASH_ENV"] = Path.Combine(directory.FullName, "fakes.sh");
        start.Environment["RECORDED"] = Path.Combine(
            Repository.Root, "test", "Runnel.Architecture.Tests", "Auditing", "Recorded");
        foreach (var (name, value) in answers)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new AuditRun(process.ExitCode, output);
    }
}
