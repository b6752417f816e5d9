namespace Runnel.Server.Tests.Client;

/// <summary>A file of <c>clients/runnel-client</c> that the server's tests write and its own tests read.
/// <c>RUNNEL_WRITE_CLIENT=1</c> writes it anew: read the difference before you keep it.</summary>
internal static class ClientFile
{
    public static async Task HoldsAsync(string path, string text)
    {
        var file = Path.Combine(Root(), "clients", "runnel-client", path);
        if (Environment.GetEnvironmentVariable("RUNNEL_WRITE_CLIENT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        Assert.Equal(await File.ReadAllTextAsync(file), text);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Runnel.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has a Runnel.slnx.");
    }
}
