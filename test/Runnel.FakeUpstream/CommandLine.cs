using System.Globalization;

namespace Runnel.Fakes;

internal static class CommandLine
{
    /// <summary>The value of <c>--port N</c> or <c>--port=N</c>.</summary>
    public static int Port(string[] args, int otherwise)
    {
        var at = Array.FindIndex(args, arg => arg.StartsWith("--port", StringComparison.Ordinal));
        if (at < 0) return otherwise;
        var text = args[at].Contains('=', StringComparison.Ordinal) ? args[at].Split('=')[1] : args[at + 1];
        return int.Parse(text, CultureInfo.InvariantCulture);
    }
}
