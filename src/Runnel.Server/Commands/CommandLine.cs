namespace Runnel.Server.Commands;

/// <summary>What can be typed after the program's name in place of settings.</summary>
internal static class CommandLine
{
    /// <summary>The command that is meant; null when the server is to be started.</summary>
    public static Func<string[], Func<string[], WebApplication>, Task<int>>? Find(string[] args) => args switch
    {
        ["user", ..] => UserCommand.RunAsync,
        ["migrate", ..] => (arguments, _) => MigrateCommand.RunAsync(arguments),
        ["export", ..] => (arguments, _) => ExportCommand.RunAsync(arguments),
        ["import", ..] => (arguments, _) => ImportCommand.RunAsync(arguments),
        _ => null,
    };
}
