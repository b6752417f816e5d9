using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Retaining;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training;

public class TrainingRetentionTests
{
    [Fact]
    public async Task EventsOfOldRounds_AreGivenUp_OnBothStreams_AndTheHistoryStays()
    {
        var time = new FakeTime();
        await using var upstream = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(time),
            [.. Talk.ModelAt(upstream), "Streams:RetentionHours=0.01", "Shutdown:GraceSeconds=0"]);
        var speaker = new Speaker(await server.NewUserAsync());
        var human = await speaker.NewHumanAsync();
        using var all = await speaker.FollowTrainingAsync();
        await all.NextAsync("connected");
        var events = await speaker.TeachAsync(human, "I like chess.");
        var ofAll = await all.UntilAsync(Trainer.IsRoundEnd);

        time.Advance(TimeSpan.FromMinutes(2));
        await server.Services.GetRequiredService<EventRetention>().TrimAsync(TestContext.Current.CancellationToken);

        using var stale = await speaker.FollowTrainingAsync(human, events[1].Id);
        using var staleOfAll = await speaker.FollowTrainingAsync(null, ofAll[0].Id);
        Assert.Equal("retention", (await stale.NextAsync("resync")).Text("reason"));
        Assert.Equal("retention", (await staleOfAll.NextAsync("resync")).Text("reason"));
        Assert.Equal("I like chess.", Assert.Single((await speaker.HistoryAsync(human)).Items()).Text("content"));
        Assert.Equal(["User", "chess"], await speaker.KnownNamesAsync(human));
    }
}
