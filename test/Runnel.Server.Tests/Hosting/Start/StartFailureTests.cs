using System.Net;
using System.Net.Sockets;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Hosting.Start;

public class StartFailureTests
{
    private const string AnyPort = "--Urls=http://127.0.0.1:0";

    public static TheoryData<string, string> WrongSettings => new()
    {
        {
            "--Limits:MessageCharacters=abc",
            "Configuration: Limits:MessageCharacters must be between 1 and 1000000, not \"abc\"."
        },
        { "--Database:Provider=Oracle", "Configuration: Database:Provider must be Sqlite or Postgres, not \"Oracle\"." },
        {
            "--Database:Provider=Postgres",
            "Configuration: Database:ConnectionString must lead to PostgreSQL, as in \"Host=db.example.org;Database=runnel;"
            + "Username=runnel;Password=…\"."
        },
        {
            "--Database:ConnectionString=Host=db;Password=secret",
            "Configuration: Database:ConnectionString must name a file, as in \"Data Source=/var/lib/runnel/runnel.db\"."
        },
        { "--Urls=nonsense", "Configuration: Urls must be addresses like http://127.0.0.1:5080, separated by \";\"." },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task Start_SaysInOneLineWhatIsWrong_WhenASettingIs(string argument, string line)
    {
        using var directory = new TemporaryDirectory();
        await using var server = RunnelProcess.Start(directory.Path, AnyPort, argument);

        await AssertFailedAsync(server, line);
    }

    [Fact]
    public async Task Start_ProposesAnotherAddress_WhenThePortIsTaken()
    {
        using var directory = new TemporaryDirectory();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var server = RunnelProcess.Start(directory.Path, $"--Urls=http://127.0.0.1:{port}");

        await AssertFailedAsync(server,
            $"The address http://127.0.0.1:{port} is already in use. Stop the other program, or choose another with "
            + $"--Urls=http://127.0.0.1:{port + 1}.");
    }

    [Fact]
    public async Task Start_NamesTheDirectory_WhenItCannotBeWritten()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var data = Path.Combine(file, "data");
        await using var server = RunnelProcess.Start(directory.Path, AnyPort, $"--Data:Directory={data}");

        await AssertFailedAsync(server,
            $"The data directory '{data}' cannot be written. Choose another one, or change its permissions.");
    }

    [Fact]
    public async Task Start_IsRefused_WhenAnotherServerHasTheDataDirectory()
    {
        await using var first = await RunnelServer.StartAsync();
        await using var second = RunnelProcess.Start(
            first.DataDirectory, AnyPort, $"--Data:Directory={first.DataDirectory}");

        await AssertFailedAsync(second,
            $"The data directory '{first.DataDirectory}' is in use by another process. Stop it, or choose another directory.");
    }

    [Fact]
    public async Task Start_ShowsTheStackTrace_WhenTheLogLevelIsDebug()
    {
        using var directory = new TemporaryDirectory();
        await using var server = RunnelProcess.Start(
            directory.Path, "--Urls=nonsense", "--Logging:LogLevel:Default=Debug");

        Assert.Equal(1, await server.ExitAsync());

        Assert.Contains("   at ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_KeepsItsDataInTheWorkingDirectory_AndEndsWell_WhenItIsInterrupted()
    {
        using var directory = new TemporaryDirectory();
        await using var server = RunnelProcess.Start(directory.Path, AnyPort);
        await server.ListeningAsync();

        await server.SignalAsync("INT");

        Assert.Equal(0, await server.ExitAsync());
        Assert.Empty(server.Error);
        Assert.True(File.Exists(Path.Combine(directory.Path, "data", "runnel.db")));
    }

    [Fact]
    public async Task Server_StartsOnTheSameData_AfterItWasKilled()
    {
        using var directory = new TemporaryDirectory();
        await using (var killed = RunnelProcess.Start(directory.Path, AnyPort))
        {
            await killed.ListeningAsync();
            await killed.SignalAsync("KILL");
            await killed.ExitAsync();
        }

        await using var server = RunnelProcess.Start(directory.Path, AnyPort);
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task AssertFailedAsync(RunnelProcess server, string line)
    {
        Assert.Equal(1, await server.ExitAsync());
        Assert.Equal(line + Environment.NewLine, server.Error);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", server.Output, StringComparison.Ordinal);
    }
}
