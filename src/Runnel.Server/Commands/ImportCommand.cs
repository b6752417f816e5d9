using Runnel.Server.Transfer;

namespace Runnel.Server.Commands;

/// <summary><c>import</c>: fills an empty database with what was exported.</summary>
internal static class ImportCommand
{
    private const string Usage =
        "Usage: Runnel.Server import <file>|- [settings, as --Data:Directory=./data]. Fills an empty database with what export "
        + "wrote, from a file or from the standard input, wholly or not at all. No server may run on it.";

    public static Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
            return DatabaseCommand.HelpAsync(Usage);
        if (args is not [_, var path, .. var settings] || path.StartsWith("--", StringComparison.Ordinal))
            return DatabaseCommand.ComplainAsync(Usage);
        return DatabaseCommand.RunAsync(settings, (services, token) => ImportAsync(services, path, token));
    }

    private static async Task ImportAsync(IServiceProvider services, string path, CancellationToken cancellationToken)
    {
        await using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        var progress = new Progress(Console.Error, services.GetRequiredService<TimeProvider>());
        var amount = await Import.RunAsync(
            services.GetRequiredService<ITransferDatabase>(), input, progress, cancellationToken);
        await Console.Error.WriteLineAsync($"Imported {amount}.");
    }
}
