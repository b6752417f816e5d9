namespace Runnel.Server.Tests.Cluster;

/// <summary>Lets a process see another time of day: libfaketime, where it is installed, or where <c>RUNNEL_FAKETIME</c> says. The clock
/// that counts how long something takes goes on as it is, as after a wrong time of day.</summary>
internal static class FakeClock
{
    private const string Name = "libfaketimeMT.so.1";

    /// <summary>The library; null when there is none.</summary>
    public static string? Library { get; } = Find();

    /// <summary>The variables of a process whose clock is off by so much.</summary>
    public static Dictionary<string, string> Off(string by) => new()
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME"] = by,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_NO_CACHE"] = "1",
    };

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("RUNNEL_FAKETIME") is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException("RUNNEL_FAKETIME names no file.", named);
        return Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(directory => Path.Combine(directory, "faketime", Name))
                .FirstOrDefault(File.Exists)
            : null;
    }
}
