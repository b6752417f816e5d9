using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Metrics;

public sealed class JournalMetricsTests
{
    [Fact]
    public async Task Journal_GrowsWithAppends_AndCompactionMovesItIntoSegments()
    {
        using var directory = new DataDirectory();
        var time = new ManualTime();
        await using var log = await RunningLog.StartAsync(streams =>
        {
            streams.Services.AddSingleton<TimeProvider>(time);
            streams.UseSqlite(directory.Database);
        });
        using var measured = new Measured(log.Services.GetRequiredService<IMeterFactory>());
        Assert.Equal(0, measured.Now("runnel.streams.segments.written"));

        await log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(1, 5))).WithinPatience();
        var afterOne = measured.Now("runnel.streams.journal.size");
        await log.Streams.AppendAsync(Sample.Append(Sample.Other, Sample.Events(1, 5))).WithinPatience();

        Assert.True(afterOne > 0);
        Assert.True(measured.Now("runnel.streams.journal.size") > afterOne);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (measured.Now("runnel.streams.journal.size") > 0)
        {
            time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(5, deadline.Token); // polls: nobody tells when compaction is done
        }

        Assert.Equal(2, measured.Now("runnel.streams.segments.written"));
        Assert.Equal(0, measured.Now("runnel.streams.compactions.failed"));
    }
}
