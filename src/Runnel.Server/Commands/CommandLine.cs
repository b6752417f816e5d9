namespace Runnel.Server.Commands;

/// <summary>What can be typed after the program's name in place of settings.</summary>
internal static class CommandLine
{
    /// <summary>The command that is meant; null when the server is to be started.</summary>
    public static Func<string[], Func<string[], WebApplication>, Task<int>>? Find(string[] args) => args switch
    {
        ["user", ..] => UserCommand.RunAsync,
        ["migrate", ..] => MigrateCommand.RunAsync,
        ["export", ..] => ExportCommand.RunAsync,
        ["import", ..] => ImportCommand.RunAsync,
        _ => null,
    };
}
