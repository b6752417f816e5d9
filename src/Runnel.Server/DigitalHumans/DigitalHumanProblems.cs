using Runnel.Server.Hosting;

namespace Runnel.Server.DigitalHumans;

/// <summary>The refusals that several slices share.</summary>
internal static class DigitalHumanProblems
{
    public static Problem NotFound() => Problems.NotFound(
        "digital_human_not_found", "There is no such digital human, or it is not yours. Check its id.");

    public static Problem TooMany() => Problems.TooMany(
        "too_many_digital_humans",
        "There are as many digital humans as an account may keep. Delete one.",
        TimeSpan.FromMinutes(1));
}
