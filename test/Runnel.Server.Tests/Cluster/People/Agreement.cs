using System.Diagnostics;
using Runnel.Server.Tests.Cluster.Machines;
using Runnel.Server.Tests.Crash;

namespace Runnel.Server.Tests.Cluster.People;

/// <summary>Holds what everybody was shown against the log, as each of the servers reads it, and the log against what was
/// acknowledged and against history. Fails when an event is missing, is there twice, or stands elsewhere.</summary>
internal static class Agreement
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>So many events were compared, each once for each who saw it.</summary>
    public static async Task<long> AssertAsync(RunningCluster cluster, Crowd crowd)
    {
        var compared = 0L;
        foreach (var citizen in crowd.Citizens)
            compared += await AssertAsync(cluster, citizen);
        return compared;
    }

    private static async Task<long> AssertAsync(RunningCluster cluster, Citizen citizen)
    {
        var all = await ReadAsync(cluster, citizen, Person.Path);
        var compared = await AssertSeenAsync(citizen.Followers, all);
        foreach (var talker in citizen.Talkers)
        {
            var log = await ReadAsync(cluster, citizen, talker.Path);
            compared += await AssertSeenAsync(talker.Followers, log);
            Assert.Equal(log.Of(talker.Thread), all.Of(talker.Thread));
            var stories = Verdict.Stories(log);
            Verdict.AssertAccepted(talker.Accepted, stories);
            Assert.All(talker.Stopped, turn => Assert.True(stories[turn].IsStopped, $"Turn {turn} was said to be stopped"));
            Assert.Equal(talker.Accepted.Count, stories.Count);
            var speaker = citizen.At(cluster.Nodes[0].Address);
            using var client = speaker.Client;
            await Verdict.AssertHistoryAsync(speaker, talker.Thread, log, stories);
        }

        return compared;
    }

    /// <summary>The log as all servers have it.</summary>
    private static async Task<Transcript> ReadAsync(RunningCluster cluster, Citizen citizen, string path)
    {
        Transcript? first = null;
        foreach (var node in cluster.Nodes)
        {
            var speaker = citizen.At(node.Address);
            using var client = speaker.Client;
            var log = await Log.ReadAsync(speaker, path, Stopwatch.StartNew());
            first ??= log;
            log.AssertIs(first);
        }

        return first!;
    }

    private static async Task<long> AssertSeenAsync(IEnumerable<Roamer> roamers, Transcript log)
    {
        var compared = 0L;
        foreach (var roamer in roamers)
        {
            await CatchUpAsync(roamer, log.Cursor);
            lock (roamer.Seen)
            {
                roamer.Seen.AssertIs(log);
                compared += roamer.Seen.Events;
            }
        }

        return compared;
    }

    private static async Task CatchUpAsync(Roamer roamer, string end)
    {
        var began = Stopwatch.GetTimestamp();
        while (roamer.Cursor != end)
        {
            if (roamer.Following.IsFaulted)
                await roamer.Following;
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Somebody has {roamer.Cursor} after {Patience}, the log {end}");
            await Task.Delay(20); // polls: they read at their own pace
        }
    }
}
