namespace Runnel.Architecture.Tests.Auditing;

/// <summary><c>audit.sh</c> with the answers of registries that have data, and of those that have none.</summary>
public sealed class AuditTests
{
    [Fact]
    public void Audit_Passes_WhenARegistryWithDataKnowsNoHole()
    {
        var run = AuditRun.Of(npm: "npm-clean.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("NuGet: no known holes.", run.Output, StringComparison.Ordinal);
        Assert.Contains("npm: no known holes in ./clients/web/package-lock.json.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_Fails_AndShowsThePackage_WhenAHoleIsOfHighSeverity()
    {
        var run = AuditRun.Of("nuget-high.txt");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("> Newtonsoft.Json       12.0.3     High", run.Output, StringComparison.Ordinal);
        Assert.Contains("known holes of high or critical severity", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_ShowsAHoleOfLowerSeverity_AndPasses()
    {
        var run = AuditRun.Of("nuget-moderate.txt");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("> High.Voltage", run.Output, StringComparison.Ordinal);
        Assert.Contains("NuGet: known holes of lower severity only.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("holes.json")]
    [InlineData("vulnerability.base.json")]
    public void Audit_SaysThatNothingIsKnown_WhenTheSourceHasNoData_ThoughTheToolSaysClean(string missing)
    {
        var run = AuditRun.Of(missing: missing);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("NuGet: NOT AVAILABLE. No configured source has advisory data.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no known holes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_Fails_WhenNpmKnowsAHoleOfCriticalSeverity()
    {
        var run = AuditRun.Of(npm: "npm-critical.json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("minimist", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npm-clean.json")]
    [InlineData("none.json")]
    public void Audit_SaysThatNothingIsKnown_WhenNpmFindsNothingWrongWithWhatIsKnownToBeBad(string canary)
    {
        var run = AuditRun.Of(npm: "npm-clean.json", canary: canary);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("npm: NOT AVAILABLE.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("npm: no known holes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_Fails_WhenOneRegistryKnowsAHole_ThoughTheOtherHasNoData()
    {
        Assert.Equal(1, AuditRun.Of("nuget-high.txt", npm: "npm-clean.json", canary: "npm-clean.json").ExitCode);
        Assert.Equal(1, AuditRun.Of(missing: "index.json", npm: "npm-critical.json").ExitCode);
    }
}
