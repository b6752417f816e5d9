using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Runnel.Server.Tests.Browser;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>nginx with the files of <c>deploy/nginx</c>; other are only addresses, ports and where it may write.</summary>
public sealed partial class ShippedNginx : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/nginx";
    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;

    private ShippedNginx(IReadOnlyList<Uri> nodes, NginxCertificate? certificate)
    {
        var (port, tls) = (Ports.Free(), Ports.Free());
        Address = new Uri(certificate is null ? $"http://127.0.0.1:{port}" : $"https://localhost:{tls}");
        PlainAddress = new Uri($"http://127.0.0.1:{port}");
        Write("nginx.conf", text => Main(text, certificate is not null));
        Write("runnel/nodes.conf", text => Nodes(text, nodes));
        Write("runnel/http.conf", text => text + Writable());
        Write("runnel/locations.conf", Logs);
        Write("runnel/plain.conf", text => Listening(text, 80, port));
        Write("runnel/tls.conf", text => Certified(Listening(Listening(text, 80, port), 443, tls)));
        certificate?.WriteTo(_directory.Path);
        _process = Process.Start(new ProcessStartInfo(Executable, Arguments) { RedirectStandardError = true })!;
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public Uri PlainAddress { get; }

    /// <summary>What it has written about requests.</summary>
    public string AccessLog => File.ReadAllText(Path.Combine(_directory.Path, "access.log"));

    /// <summary>What it has written about errors.</summary>
    public string ErrorLog => File.ReadAllText(Path.Combine(_directory.Path, "error.log"));

    private string[] Arguments =>
        ["-p", _directory.Path, "-c", Path.Combine(_directory.Path, "nginx.conf"), "-e", Path.Combine(_directory.Path, "error.log"),
            "-g", "daemon off;"];

    /// <summary>Starts before these nodes, of which none needs to be there, and waits until it listens.</summary>
    internal static async Task<ShippedNginx> StartAsync(IReadOnlyList<Uri> nodes, NginxCertificate? certificate = null)
    {
        if (!File.Exists(Executable))
            Assert.Fail($"This test needs nginx at {Executable}: apt-get install nginx");
        var nginx = new ShippedNginx(nodes, certificate);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(nginx.PlainAddress, "/metrics"));
                return nginx;
            }
            catch (HttpRequestException) when (tries < 300 && !nginx._process.HasExited)
            {
                await Task.Delay(100); // polls: nginx tells nobody when it listens
            }
        }
    }

    /// <summary>As <c>nginx -s reload</c>: new workers, and the old ones end with their last stream.</summary>
    public async Task ReloadAsync()
    {
        var command = new ProcessStartInfo(Executable, [.. Arguments, "-s", "reload"]) { RedirectStandardError = true };
        using var reload = Process.Start(command)!;
        await reload.WaitForExitAsync();
        Assert.True(reload.ExitCode == 0, await reload.StandardError.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private static string Replaced(string text, string shipped, string here)
    {
        Assert.Contains(shipped, text, StringComparison.Ordinal);
        return text.Replace(shipped, here, StringComparison.Ordinal);
    }

    private static string Listening(string text, int shipped, int here)
    {
        var own = Replaced(text, $"listen [::]:{shipped}", $"#listen [::]:{shipped}");
        return Replaced(own, $"    listen {shipped}", $"    listen 127.0.0.1:{here}");
    }

    /// <summary>As many of the shipped lines as there are nodes, each with the address of one.</summary>
    private static string Nodes(string text, IReadOnlyList<Uri> nodes) => Server().Replace(text, line =>
    {
        var number = int.Parse(line.Groups["port"].Value, CultureInfo.InvariantCulture) - 5081;
        return number < nodes.Count ? $"server {nodes[number].Authority}{line.Groups["rest"].Value}" : "";
    });

    [GeneratedRegex(@"server 127\.0\.0\.1:(?<port>508\d)(?<rest>.*;)")]
    private static partial Regex Server();

    private string Main(string text, bool isTls)
    {
        var own = Replaced(text, "user www-data;", Environment.IsPrivilegedProcess ? "user root;" : "");
        own = Replaced(Logs(own), "pid /run/", $"pid {_directory.Path}/");
        own = Replaced(own, "worker_processes auto;", "worker_processes 2;");
        own = Replaced(own, "worker_rlimit_nofile 131072;", "worker_rlimit_nofile 16384;");
        if (!isTls)
            return own;
        own = Replaced(own, "include runnel/plain.conf;", "");
        return Replaced(own, "#include runnel/tls.conf;", "include runnel/tls.conf;");
    }

    private string Logs(string text) => Replaced(text, "/var/log/nginx/", _directory.Path + "/");

    private string Certified(string text) => Replaced(text, "/etc/nginx/runnel/", _directory.Path + "/");

    private string Writable() => string.Concat(
        "client_body proxy fastcgi uwsgi scgi".Split(' ').Select(kind => $"\n{kind}_temp_path {_directory.Path}/{kind};"));

    private void Write(string file, Func<string, string> here)
    {
        var target = Path.Combine(_directory.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, here(File.ReadAllText(Path.Combine(Pictures.RepositoryRoot(), "deploy", "nginx", file))));
    }
}
