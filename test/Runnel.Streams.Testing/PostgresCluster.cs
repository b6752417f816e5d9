using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Runnel.Streams.Testing;

/// <summary>A PostgreSQL of a test's own: its files in a directory that goes with it, reached over loopback. As root it runs as
/// the user <c>postgres</c>, since the server refuses root.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Super = "runnel";

    private readonly string _root;
    private int _databases;

    private PostgresCluster(string root, int port) => (_root, Port) = (root, port);

    public int Port { get; }

    private string Data => Path.Combine(_root, "data");

    private string LogFile => Path.Combine(_root, "log");

    /// <summary>Makes the cluster and starts it.</summary>
    /// <param name="settings">Lines for its configuration, as <c>name=value</c>.</param>
    public static async Task<PostgresCluster> StartAsync(params string[] settings)
    {
        var root = Directory.CreateTempSubdirectory("runnel-postgres-").FullName;
        var cluster = new PostgresCluster(root, FreePort());
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", root);
        await cluster.AsServerAsync("initdb", "-D", cluster.Data, "-U", Super, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await cluster.StartServerAsync(settings);
        return cluster;
    }

    /// <summary>Starts the server, again after it was stopped.</summary>
    public Task StartServerAsync(params string[] settings)
    {
        // Tests lose nothing by it: the machine does not crash.
        string[] all = ["fsync=off", "full_page_writes=off", "max_connections=200", $"unix_socket_directories={_root}", .. settings];
        var options = string.Join(' ', all.Select(setting => "-c " + setting));
        return AsServerAsync(
            "pg_ctl", "-D", Data, "-l", LogFile, "-w", "-t", "60", "-o", $"-h 127.0.0.1 -p {Port} {options}", "start");
    }

    /// <summary>Stops the server: <c>fast</c> cuts its connections, <c>immediate</c> is a crash.</summary>
    public Task StopServerAsync(string mode) => AsServerAsync("pg_ctl", "-D", Data, "-m", mode, "-w", "stop");

    /// <summary>An empty database; how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "test" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await RunAsync(Tool("createdb"), "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", Super, name);
        return $"Host=127.0.0.1;Port={Port};Username={Super};Database={name};Maximum Pool Size=20";
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync("immediate");
        Directory.Delete(_root, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Tool(string name)
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name))
            .FirstOrDefault(File.Exists) ?? name;
    }

    private Task AsServerAsync(string tool, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Tool(tool), .. arguments])
        : RunAsync(Tool(tool), arguments);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        // Its output goes nowhere: a server that it leaves behind would hold a pipe open.
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", command, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed with {process.ExitCode}.");
    }
}
