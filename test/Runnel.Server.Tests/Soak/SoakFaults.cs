using System.Globalization;

namespace Runnel.Server.Tests.Soak;

/// <summary>What a model is told to do to an answer.</summary>
internal static class SoakFaults
{
    private static readonly string[] Faults =
    [
        "fault=503", "fault=429@1", "fault=401", "fault=reset", "fault=hang", "fault=hang@AT", "fault=reset@AT", "fault=close@AT",
        "fault=badjson@AT", "fault=errchunk@AT", "fault=nofinish", "fault=nodone", "utf8", "crlf comments", "",
    ];

    /// <summary>A script for the model, and what to call it in a table.</summary>
    public static (string Script, string Name) Draw(Random random)
    {
        var fault = Faults[random.Next(Faults.Length)];
        var at = random.Next(30).ToString(CultureInfo.InvariantCulture);
        var script = $"[[tokens=30 delay={random.Next(30)}ms reasoning={random.Next(3)} "
            + $"{fault.Replace("AT", at, StringComparison.Ordinal)}]]";
        var name = fault.Replace("fault=", "", StringComparison.Ordinal).Replace("@AT", " in the middle", StringComparison.Ordinal);
        return (script, name.Length == 0 ? "none" : name);
    }
}
