using System.Globalization;

namespace Runnel.Server.Tests.Crash;

/// <summary>
/// The promise of the log, tried on the real process: what anybody has seen survives, once and in its place, and every turn
/// ends once. <c>RUNNEL_CRASH_SEED</c> repeats the choices of a run, <c>RUNNEL_CRASH_ROUNDS</c> makes it longer.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int ShortestMilliseconds = 30;
    private const int LongestMilliseconds = 600;

    [Fact]
    public async Task Server_LosesAndRepeatsNothingThatWasSeen_WhenItIsKilledAgainAndAgain()
    {
        var seed = Number("RUNNEL_CRASH_SEED", Random.Shared.Next());
        var rounds = Number("RUNNEL_CRASH_ROUNDS", 20);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var run = await CrashRun.StartAsync(random);
        for (var round = 0; round < rounds; round++)
        {
            var life = TimeSpan.FromMilliseconds(random.Next(ShortestMilliseconds, LongestMilliseconds));
            await run.RoundAsync(life, isWarm: random.Next(3) > 0);
        }

        await run.FinishAsync();
        output.WriteLine($"{run.Tally}");
        Assert.True(run.Tally.Interrupted > 0, "No turn ran when the server was killed, so nothing was tried.");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
