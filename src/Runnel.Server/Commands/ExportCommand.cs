using Runnel.Server.Transfer;
using Runnel.Server.Transfer.Files;

namespace Runnel.Server.Commands;

/// <summary><c>export</c>: writes all that the database holds to a file.</summary>
internal static class ExportCommand
{
    private const string Usage =
        "Usage: Runnel.Server export <file>|- [settings, as --Data:Directory=./data]. Writes all that the database holds, as it is "
        + "now, to a new file or to the standard output. Servers may run meanwhile. Whoever has the file can read all of it.";

    public static Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
            return DatabaseCommand.HelpAsync(Usage);
        if (args is not [_, var path, .. var settings] || path.StartsWith("--", StringComparison.Ordinal))
            return DatabaseCommand.ComplainAsync(Usage);
        return DatabaseCommand.RunAsync(settings, (services, token) => ExportAsync(services, path, token));
    }

    private static async Task ExportAsync(IServiceProvider services, string path, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        await using var file = path == "-" ? NewFile.StandardOutput() : NewFile.Create(path);
        await using var source = await services.GetRequiredService<ITransferDatabase>().OpenSourceAsync(cancellationToken);
        var amount = await Export.RunAsync(source, file.Stream, new Progress(Console.Error, time), time, cancellationToken);
        await file.KeepAsync();
        await Console.Error.WriteLineAsync($"Exported {amount}.");
    }
}
