using System.Globalization;

namespace Runnel.Server.Tests.Soak;

/// <summary>
/// Many turns with whatever a model's server and people may do to them, and the server killed in between: each ends once.
/// <c>RUNNEL_SOAK_SEED</c> repeats the choices of a run, <c>RUNNEL_SOAK_TURNS</c> makes it longer, <c>RUNNEL_SOAK_PEOPLE</c>
/// denser.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryTurn_EndsOnce_WhateverTheModelAndThePersonDo()
    {
        var seed = Number("RUNNEL_SOAK_SEED", Random.Shared.Next());
        output.WriteLine($"seed {seed}");
        await using var run = await SoakRun.StartAsync(
            Number("RUNNEL_SOAK_PEOPLE", 4), Number("RUNNEL_SOAK_TURNS", 100), new Random(seed));
        try
        {
            await run.LiveAsync();
            await run.CompareAsync();
        }
        finally
        {
            output.WriteLine(run.Tally.ToString());
        }
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
