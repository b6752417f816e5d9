using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Transfer;

namespace Runnel.Server.Tests.Transfer;

/// <summary>Does what the commands do, in this process.</summary>
internal static class Carrier
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Settings that lead to a file of SQLite.</summary>
    public static string[] FileIn(string directory) =>
        ["Database:Provider=Sqlite", $"Database:ConnectionString=Data Source={Path.Combine(directory, "runnel.db")}"];

    public static async Task<byte[]> ExportAsync(params string[] settings)
    {
        using var file = new MemoryStream();
        await WithAsync(settings, async database =>
        {
            await using var source = await database.OpenSourceAsync(Token);
            await Export.RunAsync(source, file, new Progress(TextWriter.Null, TimeProvider.System), TimeProvider.System, Token);
        });
        return file.ToArray();
    }

    public static Task ImportAsync(byte[] file, params string[] settings) => WithAsync(settings, database =>
        Import.RunAsync(
            database, new MemoryStream(file), new Progress(TextWriter.Null, TimeProvider.System), Token));

    /// <summary>What an import that must be refused says.</summary>
    public static async Task<string> RefusedAsync(byte[] file, params string[] settings) =>
        (await Assert.ThrowsAsync<TransferException>(() => ImportAsync(file, settings))).Message;

    public static async Task WithAsync(string[] settings, Func<ITransferDatabase, Task> work)
    {
        await using var app = TransferHost.Build(settings.Select(setting => "--" + setting));
        await work(app.Services.GetRequiredService<ITransferDatabase>());
    }
}
