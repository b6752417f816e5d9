using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Bench;

/// <summary>How long it takes to find what has to do with a message, among as many facts as a digital human may have, beside others
/// that know as much.</summary>
internal static class KnowledgeBench
{
    private const int Tokens = 1_000;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var directory = arguments.Text("dir", Path.Combine(Path.GetTempPath(), "runnel-bench-knowledge"));
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        await using var server = Server.Program.Build(
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Directory={directory}", "--Models:Discover=false",
            "--Logging:LogLevel:Default=Warning",
        ]);
        await server.StartAsync();
        var (speech, watch) = (new KnowledgeSpeech(), Stopwatch.StartNew());
        var humans = await MakeAsync(server.Services, 1 + arguments.Number("others", 4));
        foreach (var human in humans)
            await LearnAsync(server.Services, human, speech);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            digital_humans = humans.Count,
            facts = await CountAsync(server.Services),
            learned_s = Math.Round(watch.Elapsed.TotalSeconds, 1),
            database_mb = new DirectoryInfo(directory).GetFiles("runnel.db*").Sum(file => file.Length) / 1_000_000,
        }));
        var search = server.Services.GetRequiredService<KnowledgeSearch>();
        foreach (var (name, next) in speech.Questions())
            await MeasureAsync(search, humans[^1], name, next, arguments.Number("rounds", 200));
        await DeletionBench.RunAsync(server.Services, humans[0]);
        await server.StopAsync();
        return 0;
    }

    private static async Task<List<long>> MakeAsync(IServiceProvider services, int count)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var owner = new Account { UserName = "bench" };
        database.Add(owner);
        await database.SaveChangesAsync();
        var humans = Enumerable.Range(0, count)
            .Select(_ => new DigitalHuman { OwnerId = owner.Id, Name = "Bench", Persona = "Knows much." }).ToList();
        database.AddRange(humans);
        await database.SaveChangesAsync();
        return humans.ConvertAll(human => human.Id);
    }

    private static async Task<long> CountAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>()
            .Set<Server.Knowledge.Rows.KnowledgeFact>().LongCountAsync();
    }

    /// <summary>In messages of a hundred things, to the last fact that there is room for.</summary>
    private static async Task LearnAsync(IServiceProvider services, long human, KnowledgeSpeech speech)
    {
        var (merge, streams) = (services.GetRequiredService<KnowledgeMerge>(), services.GetRequiredService<IEventStreams>());
        for (var message = 0; ; message++)
        {
            var id = message.ToString(CultureInfo.InvariantCulture);
            var change = await merge.PlanAsync(
                new Provenance(human, id, $"{human} {id}", DateTimeOffset.UnixEpoch), speech.Message(message), CancellationToken.None);
            if (change.Refused is not null)
                return;
            await streams.AppendAsync(new Append(new StreamName($"bench/{human}")) { Participants = change.Participants });
        }
    }

    private static async Task MeasureAsync(KnowledgeSearch search, long human, string name, Func<string> next, int rounds)
    {
        var (times, found) = (new List<double>(), 0);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var round = -20; round < rounds; round++)
        {
            var question = next();
            var begun = Stopwatch.GetTimestamp();
            var facts = await search.FindAsync(human, question, Tokens, CancellationToken.None);
            if (round == -1)
                cpu = Process.GetCurrentProcess().TotalProcessorTime;
            if (round < 0)
                continue;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            found += facts.Count;
        }

        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / rounds;
        times.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            question = name,
            p50_ms = Math.Round(times[times.Count / 2], 2),
            p95_ms = Math.Round(times[times.Count * 95 / 100], 2),
            worst_ms = Math.Round(times[^1], 2),
            cpu_ms = Math.Round(used, 2),
            facts = found / rounds,
        }));
    }
}
