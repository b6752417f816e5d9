using System.Globalization;

namespace Runnel.Server.Tests.Cluster;

/// <summary>
/// Three servers behind nginx, people who hop between them, and faults. <c>bench/faults.sh</c> does all of them, several times
/// over (<c>RUNNEL_FAULT_TIMES</c>), and writes a table; <c>RUNNEL_FAULT_SEED</c> repeats the choices of people. It takes about a
/// minute, since processes are started, and nobody can be taken for dead before a lease is over.
/// </summary>
public class FaultTests(ITestOutputHelper output)
{
    private const string Drain = "drain";

    private static readonly int Times = Number("RUNNEL_FAULT_TIMES", otherwise: 0);
    private static readonly int Nodes = Number("RUNNEL_FAULT_NODES", otherwise: 3);
    private static readonly string Words = Environment.GetEnvironmentVariable("RUNNEL_FAULTS") ?? "";

    // Each lasts a little longer than the lease, which is 2 s here.
    private static Fault[] Few =>
    [
        Fault.Kill(TimeSpan.FromSeconds(3)), Fault.KillFewest(TimeSpan.FromSeconds(1)), Fault.Freeze(TimeSpan.FromSeconds(4)),
        Fault.Cut(TimeSpan.FromSeconds(4)), Fault.DatabaseCrash, Fault.RollingRestart,
    ];

    [Fact]
    public async Task WhateverBefallsACluster_EverybodySeesEveryEventOnce_AndEveryTurnEndsOnce()
    {
        var seed = Number("RUNNEL_FAULT_SEED", Random.Shared.Next());
        Write($"seed {seed}");
        var random = new Random(seed);
        if (Times == 0)
        {
            await SufferAsync(
                () => FaultRun.StartAsync(Nodes, people: 2, conversations: 1, random, "Cluster:LeaseSeconds=2"),
                run => run.SufferAsync(1, Few));
            return;
        }

        Write(FaultRow.Header);
        var chosen = Fault.All.Where(fault => IsChosen(fault.Name)).ToList();
        if (chosen.Count > 0)
            await SufferAsync(
                () => FaultRun.StartAsync(Nodes, people: 4, conversations: 2, random),
                [.. chosen.Select(fault => (Func<FaultRun, Task<FaultRow>>)(run => run.SufferAsync(Times, fault)))]);
        if (IsChosen(Drain))
            await SufferAsync(() => FaultRun.GatherAsync(random), run => run.DrainAsync());
    }

    private static bool IsChosen(string name) =>
        Words.Split(',').Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;

    /// <summary>What is written to a file can be read while the rest runs.</summary>
    private void Write(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("RUNNEL_FAULT_TABLE") is { Length: > 0 } table)
            File.AppendAllText(table, line + "\n");
    }

    private async Task SufferAsync(Func<Task<FaultRun>> start, params Func<FaultRun, Task<FaultRow>>[] all)
    {
        await using var run = await start();
        try
        {
            foreach (var suffer in all)
                Write((await suffer(run)).ToString());
        }
        catch (Exception)
        {
            foreach (var node in run.Cluster.Nodes)
                output.WriteLine($"{node.Name} ended with {string.Join(", ", node.Exits)}\n{node.Output}");
            throw;
        }
    }
}
