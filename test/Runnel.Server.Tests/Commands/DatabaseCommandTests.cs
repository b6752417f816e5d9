using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Commands;

/// <summary><c>migrate</c>, <c>export</c> and <c>import</c> as an operator types them.</summary>
public sealed class DatabaseCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WhatIsExported_WhileAServerRuns_IsImportedElsewhere_AndNotWhereOneRuns()
    {
        await using var server = RunnelProcess.Start(
            _directory.Path, "--Urls=http://127.0.0.1:0", "--Models:Discover=false", "--Auth:PasswordIterations=1000");
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        using var made = await client.PostJsonAsync(
            "/api/v1/auth/register", """{"email":"anna@example.org","password":"correct horse"}""");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);

        var exported = await RunAsync("export", "all.gz");
        var again = await RunAsync("export", "all.gz");
        var imported = await RunAsync("import", "all.gz", "--Data:Directory=other");
        var refused = await RunAsync("import", "all.gz");

        Assert.Equal((0, ""), (exported.Code, exported.Output));
        Assert.Matches(@"^Exported \d+ rows, 0 streams, 0 segments\.\n$", exported.Error);
        Assert.Equal((1, "There is a file 'all.gz' already. Choose another name, or delete it.\n"), (again.Code, again.Error));
        Assert.Equal((0, exported.Error.Replace("Exported", "Imported", StringComparison.Ordinal)), (imported.Code, imported.Error));
        Assert.Equal(1, refused.Code);
        Assert.Contains("is in use by another process. Stop it", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["all.gz", "data", "other"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName).Order());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory.Path, "all.gz")));
    }

    [Fact]
    public async Task Migrate_SaysWhatIsMissing_ThenWhatItDid_ThenThatNothingIs()
    {
        var dry = await RunAsync("migrate", "--dry-run");
        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "data")));
        var first = await RunAsync("migrate");
        var second = await RunAsync("migrate");

        Assert.StartsWith("Missing: server 0001_accounts.sql\n", dry.Output, StringComparison.Ordinal);
        Assert.EndsWith("Missing: log 0001_log.sql\nNothing was changed.\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(
            dry.Output.Replace("Missing:", "Applied:", StringComparison.Ordinal)
                .Replace("Nothing was changed.", "The tables of the database are up to date.", StringComparison.Ordinal),
            first.Output);
        Assert.Equal((0, "The tables of the database are up to date.\n", ""), second);
    }

    [Theory]
    [InlineData(2, "Usage: Runnel.Server export <file>|- ", "export")]
    [InlineData(2, "Usage: Runnel.Server import <file>|- ", "import", "--Data:Directory=other")]
    [InlineData(2, "Usage: Runnel.Server migrate ", "migrate", "now")]
    [InlineData(1, "There is no database '", "export", "all.gz")]
    [InlineData(1, "Could not find file '", "import", "all.gz")]
    [InlineData(1, "Configuration: ", "export", "-", "--Database:Provider=Oracle")]
    [InlineData(1, "Configuration: Database:ConnectionString must lead to PostgreSQL", "migrate", "--Database:Provider=Postgres")]
    [InlineData(1, "The database failed: ", "export", "-", "--Database:Provider=Postgres",
        "--Database:ConnectionString=Host=127.0.0.1;Port=1;Username=u;Database=runnel")]
    public async Task WhatIsWrong_IsSaidInOneLine_AndNoFileIsLeft(int code, string line, params string[] arguments)
    {
        var wrong = await RunAsync(arguments);

        Assert.Equal((code, ""), (wrong.Code, wrong.Output));
        Assert.StartsWith(line, wrong.Error, StringComparison.Ordinal);
        Assert.Single(wrong.Error.TrimEnd().Split('\n'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Help_IsTheResult_WhereItIsAskedFor()
    {
        var help = await RunAsync("import", "--help");

        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.StartsWith("Usage: Runnel.Server import <file>|- ", help.Output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var command = RunnelProcess.Start(_directory.Path, arguments);
        return (await command.ExitAsync(), command.Output, command.Error);
    }
}
