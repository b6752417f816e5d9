using System.Diagnostics;
using System.Globalization;

namespace Runnel.Bench.Flood;

/// <summary>
/// One user floods the real server, and another measures how long their answers take: alone, beside the flood, and beside as many
/// connections that ask for the cheapest thing there is, which shows what the machine itself has to share.
/// </summary>
internal static class FloodBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var own = args.TakeWhile(argument => argument != "--settings").ToArray();
        var arguments = BenchArguments.From(own);
        string[] settings = [.. args.Skip(own.Length + 1)];
        await using var model = await StampedModel.StartAsync();
        await using var server = await FloodedServer.StartAsync(
            arguments.Text("server", ""), model.BaseUrl, arguments.Number("port", 5097), settings);
        using var client = server.NewClient((await server.RegisterAsync()).Token);
        await new Victim(client).RunAsync(TimeSpan.FromSeconds(3));
        Console.WriteLine("| | send to first token: median | p95 | p99 | worst | token to reader: median | p95 | p99 | worst "
            + "| server, of a core | answers to the flood |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        var phases = arguments.Text("phases", "alone,live,api,login").Split(',');
        var rounds = Enumerable.Range(1, arguments.Number("rounds", 3)).SelectMany(round => phases.Select(phase => (round, phase)));
        // A new user floods each time, with their whole allowance; made before the allowance of this address is used up.
        var plan = new List<(string Name, string Phase, (string Email, string Token) Attacker)>();
        foreach (var (round, phase) in rounds)
            plan.Add(($"{phase} {round}", phase, await server.RegisterAsync()));
        foreach (var (name, phase, attacker) in plan)
        {
            using var attack = phase == "alone" ? null : Begin(server, phase, attacker, arguments);
            await MeasureAsync(server, client, name, attack, arguments.Number("seconds", 20));
        }

        return 0;
    }

    private static async Task MeasureAsync(
        FloodedServer server, HttpClient client, string name, Process? attack, int seconds)
    {
        // By then it is up, and its first requests, for which it has an allowance, are in the middle of being answered.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (cpu, began) = (server.Cpu, Stopwatch.GetTimestamp());
        var victim = new Victim(client);
        await victim.RunAsync(TimeSpan.FromSeconds(seconds));
        var load = (server.Cpu - cpu) / Stopwatch.GetElapsedTime(began);
        var answers = "";
        if (attack is not null)
        {
            answers = (await attack.StandardOutput.ReadToEndAsync()).Trim();
            await attack.WaitForExitAsync();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {victim.FirstToken} | {victim.Token} | {load:0.00} | {answers} |"));
    }

    private static Process Begin(
        FloodedServer server, string kind, (string Email, string Token) attacker, BenchArguments arguments)
    {
        string[] command =
        [
            typeof(FloodBench).Assembly.Location, "attack", "--server", server.Address.ToString(), "--kind", kind,
            "--seconds", $"{arguments.Number("seconds", 20) + 4}", "--workers", arguments.Text("workers", "32"), "--token", attacker.Token,
            "--email", attacker.Email,
        ];
        return Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true })!;
    }
}
