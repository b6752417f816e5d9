using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Browser;

/// <summary>A proxy as it stands before many servers: nginx, which buffers what it passes on unless it is told otherwise.</summary>
public sealed class Nginx : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/nginx";
    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;

    private Nginx(int port, Uri server)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        var file = Path.Combine(_directory.Path, "nginx.conf");
        File.WriteAllText(file, Configuration(port, server));
        _process = Process.Start(new ProcessStartInfo(Executable, ["-p", _directory.Path, "-c", file, "-e", "stderr"])
        {
            RedirectStandardError = true,
        })!;
    }

    public Uri Address { get; }

    /// <summary>Starts, and waits until it passes requests on.</summary>
    public static async Task<Nginx> BeforeAsync(Uri server)
    {
        if (!File.Exists(Executable))
            Assert.Fail($"This test needs nginx at {Executable}: apt-get install nginx");
        var nginx = new Nginx(FreePort(), server);
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(nginx.Address, "/health/live"));
                answer.EnsureSuccessStatusCode();
                return nginx;
            }
            catch (HttpRequestException) when (tries < 300 && !nginx._process.HasExited)
            {
                await Task.Delay(100); // polls: nginx tells nobody when it listens
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Configuration(int port, Uri server) => $$"""
        daemon off;
        user root;
        pid {{_directory.Path}}/nginx.pid;
        events { }
        http {
          access_log off;
          client_body_temp_path {{_directory.Path}}/body;
          proxy_temp_path {{_directory.Path}}/proxy;
          fastcgi_temp_path {{_directory.Path}}/fastcgi;
          uwsgi_temp_path {{_directory.Path}}/uwsgi;
          scgi_temp_path {{_directory.Path}}/scgi;
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass {{server.GetLeftPart(UriPartial.Authority)}};
              proxy_set_header Host $http_host;
            }
          }
        }
        """;
}
