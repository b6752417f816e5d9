using System.Text;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Bench.Kernel;

/// <summary>A log as a host runs it, in memory or in a file that goes with it.</summary>
internal sealed class BenchLog : IDisposable
{
    public static readonly StreamName Stream = new("bench/one");

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "runnel-bench-" + Guid.NewGuid().ToString("N"));
    private readonly IHost _host;

    public BenchLog(bool isDurable)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var streams = builder.Services.AddRunnelStreams();
        if (isDurable)
            streams.UseSqlite(Path.Combine(_directory, "log.db"), SqliteDurability.Normal);
        else
            streams.UseInMemory();
        _host = builder.Build();
        _host.Start();
        Streams = _host.Services.GetRequiredService<IEventStreams>();
    }

    public IEventStreams Streams { get; }

    public static NewEvent Event { get; } =
        new("bench", Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 245)}}"}"""));

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
