using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Testing;

namespace Runnel.Server.Tests.Persistence;

/// <summary>What was accepted waits for a database that cannot be read for a while, and loses nothing.</summary>
public class BrokenReadTests
{
    [Fact]
    public async Task ATurnThatWasAccepted_IsAnswered_OnceItsBranchCanBeRead()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var reads = new BrokenReads();
        await using var server = await StartAsync(reads, Talk.ModelAt(upstream));
        var speaker = new Speaker(await server.NewUserAsync());
        reads.Break("with recursive branch", times: 2);

        var turn = await speaker.TurnAsync(await speaker.SendAsync("go"));

        await reads.AllHaveFailed.WithinPatience();
        Assert.Equal((TurnEvents.Complete, "You said: go"), (turn[^1].Event, turn[^1].Text("final_content")));
    }

    [Theory]
    [InlineData("question is not null")]
    [InlineData("from training_steps")]
    [InlineData("knowledge_facts")]
    public async Task ARoundThatWasAccepted_IsWhole_OnceWhatItNeedsCanBeRead(string part)
    {
        var reads = new BrokenReads();
        await using var server = await StartAsync(reads);
        var speaker = new Speaker(await server.NewUserAsync());
        var human = await speaker.NewHumanAsync();
        reads.Break(part, times: 2);

        var events = await speaker.TeachAsync(human, "I live in Paris.");

        await reads.AllHaveFailed.WithinPatience();
        events.AssertWhole();
        Assert.Equal(["Paris", "User"], await speaker.KnownNamesAsync(human));
    }

    private static Task<RunnelServer> StartAsync(BrokenReads reads, params string[] settings) => RunnelServer.StartAsync(
        builder => builder.Services.ConfigureDbContext<RunnelDbContext>(options => options.AddInterceptors(reads)),
        [.. settings, "Shutdown:GraceSeconds=0"]);
}
