using System.Security.Cryptography;
using Runnel.Server.Accounts;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Persistence;

namespace Runnel.Server.Commands;

/// <summary><c>user add</c>: makes an account while the server does not run, be registration open or closed.</summary>
internal static class UserCommand
{
    private const int Wrong = 2;
    private const string Administrator = "--admin";
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordCharacters = 20;

    private const string Usage =
        "Usage: Runnel.Server user add <email> [--admin] [settings, as --Data:Directory=./data]. The password is the first line "
        + "of the standard input; from a terminal, or without one, a new one is printed.";

    /// <param name="args">The command line.</param>
    /// <param name="build">Makes the server, which is not started: its data directory is locked as if it were.</param>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        if (args is not ["user", "add", var email, .. var rest] || !EmailAddress.LooksLikeOne(email))
            return await ComplainAsync(Usage);
        var given = Console.IsInputRedirected ? await Console.In.ReadLineAsync() : null;
        var password = string.IsNullOrEmpty(given) ? RandomNumberGenerator.GetString(Letters, PasswordCharacters) : given;
        if (!PasswordLength.IsEnough(password))
            return await ComplainAsync($"Give a password of at least {PasswordLength.Least} characters.");
        await using var app = build(
            [.. rest.Where(argument => argument != Administrator), "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<IServerDatabase>().PrepareAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<NewAccounts>();
        if (await accounts.TryCreateAsync(email, password, rest.Contains(Administrator), CancellationToken.None) is not { } user)
            return await ComplainAsync($"There is an account {email} already.");
        await Console.Out.WriteLineAsync($"Made the account {email}{(user.IsAdministrator ? ", an administrator" : "")}.");
        if (password != given)
            await Console.Out.WriteLineAsync($"Its password is {password}");
        return 0;
    }

    private static async Task<int> ComplainAsync(string line)
    {
        await Console.Error.WriteLineAsync(line);
        return Wrong;
    }
}
