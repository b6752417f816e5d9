using Runnel.Server.Hosting;

namespace Runnel.Server.DigitalHumans;

/// <summary>The refusals that several slices share.</summary>
internal static class DigitalHumanProblems
{
    public static Problem NotFound() => Problems.NotFound(
        "digital_human_not_found", "There is no such digital human, or it is not yours. Check its id.");

    public static Problem Mismatch() => Problems.Invalid(
        "digital_human_mismatch", "This conversation is with somebody else. Leave digital_human_id out, or begin another one.");

    public static Problem Gone() => Problems.Invalid(
        "digital_human_gone",
        "The digital human of this conversation was deleted, or is not public any more. Begin another conversation.");

    public static Problem TooMany() => Problems.TooMany(
        "too_many_digital_humans",
        "There are as many digital humans as an account may keep. Delete one.",
        TimeSpan.FromMinutes(1));
}
