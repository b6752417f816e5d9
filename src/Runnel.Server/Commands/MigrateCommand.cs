using Runnel.Server.Transfer;

namespace Runnel.Server.Commands;

/// <summary><c>migrate</c>: brings the tables up to date without starting the server.</summary>
internal static class MigrateCommand
{
    private const string DryRun = "--dry-run";

    private const string Usage =
        "Usage: Runnel.Server migrate [--dry-run] [settings, as --Data:Directory=./data]. Brings the tables of the database up to "
        + "date; with --dry-run it only says what is missing. PostgreSQL may be in use meanwhile, an SQLite file may not.";

    public static Task<int> RunAsync(string[] args)
    {
        var settings = args[1..];
        if (settings.Contains("--help"))
            return DatabaseCommand.HelpAsync(Usage);
        if (settings.Any(argument => !argument.StartsWith("--", StringComparison.Ordinal)))
            return DatabaseCommand.ComplainAsync(Usage);
        return DatabaseCommand.RunAsync(
            settings.Where(argument => argument != DryRun),
            (services, token) => MigrateAsync(services.GetRequiredService<ITransferDatabase>(), settings.Contains(DryRun), token));
    }

    private static async Task MigrateAsync(ITransferDatabase database, bool isDryRun, CancellationToken cancellationToken)
    {
        var missing = await database.MissingAsync(cancellationToken);
        if (!isDryRun)
            await database.MigrateAsync(cancellationToken);
        foreach (var name in missing)
            await Console.Out.WriteLineAsync($"{(isDryRun ? "Missing" : "Applied")}: {name}");
        await Console.Out.WriteLineAsync(
            isDryRun && missing.Count > 0 ? "Nothing was changed." : "The tables of the database are up to date.");
    }
}
