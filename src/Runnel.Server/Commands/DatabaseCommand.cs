using System.Data.Common;
using System.Runtime.InteropServices;
using Runnel.Server.Configuration;
using Runnel.Server.Transfer;
using Runnel.Streams.Stores;

namespace Runnel.Server.Commands;

/// <summary>How a command works on the database: it can be stopped at any time, says in one line what is wrong, and leaves the
/// standard output to its result.</summary>
internal static class DatabaseCommand
{
    private const int Failed = 1;
    private const int Wrong = 2;
    private const int Stopped = 130;

    public static async Task<int> HelpAsync(string usage)
    {
        await Console.Out.WriteLineAsync(usage);
        return 0;
    }

    public static async Task<int> ComplainAsync(string usage)
    {
        await Console.Error.WriteLineAsync(usage);
        return Wrong;
    }

    /// <param name="settings">Of the server.</param>
    /// <param name="work">What to do with its database.</param>
    public static async Task<int> RunAsync(IEnumerable<string> settings, Func<IServiceProvider, CancellationToken, Task> work)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = On(PosixSignal.SIGINT, stopping);
        using var terminate = On(PosixSignal.SIGTERM, stopping);
        await using var host = TransferHost.Build(settings);
        try
        {
            await work(host.Services, stopping.Token);
            return 0;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped before it was done; nothing of it stays.");
            return Stopped;
        }
        catch (Exception exception) when (Explain(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // A second one ends the process, which is as safe.
            context.Cancel = !stopping.IsCancellationRequested;
            stopping.Cancel();
        });

    private static string? Explain(Exception exception) => exception switch
    {
        TransferException or StoreUnavailableException or ConfigurationException => exception.Message,
        DbException => $"The database failed: {exception.Message}",
        FormatException => $"The database is damaged: {exception.Message}",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };
}
