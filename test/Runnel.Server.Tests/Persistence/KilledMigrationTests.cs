using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Persistence;

public class KilledMigrationTests
{
    [Fact]
    public async Task AProcessThatIsKilledWhileItMakesItsTables_LeavesNothingThatHoldsUpTheNextStart()
    {
        // Kilos of the write-ahead log when it dies, from nothing to all migrations: some fall between two, some into one.
        foreach (var kilos in (int[])[0, 1, 30, 60, 120, 180])
        {
            using var directory = new TemporaryDirectory();
            await KillAtAsync(directory.Path, kilos * 1024);

            await using var next = Start(directory.Path);
            using var client = new HttpClient { BaseAddress = await next.ListeningAsync() };
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(ready.IsSuccessStatusCode, $"killed at {kilos} kB: {ready.StatusCode} {next.Error}");
            using var answer = await client.PostJsonAsync(
                "/api/v1/auth/register", """{"email":"somebody@example.org","password":"correct horse"}""");
            Assert.True(answer.IsSuccessStatusCode, $"killed at {kilos} kB: {answer.StatusCode} {next.Error}");
        }
    }

    private static async Task KillAtAsync(string directory, long bytes)
    {
        await using var server = Start(directory);
        var listening = server.ListeningAsync();
        var wal = new FileInfo(Path.Combine(directory, "data", "runnel.db-wal"));
        for (wal.Refresh(); !(wal.Exists && wal.Length >= bytes) && !listening.IsCompleted; wal.Refresh())
            await Task.Yield();
        await server.SignalAsync("KILL");
        await server.ExitAsync();
    }

    private static RunnelProcess Start(string directory) => RunnelProcess.Start(
        directory, "--Urls=http://127.0.0.1:0", "--Data:Directory=data", "--Auth:PasswordIterations=1000", "--Models:Discover=false");
}
