using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Canned = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Metrics;

/// <summary>What an operator sees of models that fail.</summary>
public class TurnMetricsTests
{
    [Fact]
    public async Task AModelThatIsAskedAgain_AndThenReplaced_IsCounted_AndSoIsTheTimeOfTheOneThatAnswered()
    {
        await using var first = await FakeUpstream.StartAsync();
        await using var second = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            [.. Talk.ModelAt(first), "Models:Providers:0:Fallback=other", .. Other(second)]);
        for (var i = 0; i < 3; i++)
            first.Enqueue(Canned.Status(503));

        await new Speaker(await server.NewUserAsync()).SayAsync("go");
        var read = await server.ScrapeUntilAsync("""runnel_turns_total{outcome="complete"}""", 1);

        Assert.Equal(2, read["""runnel_turns_retries_total{code="upstream_unavailable"}"""]);
        Assert.Equal(1, read["""runnel_turns_fallbacks_total{code="upstream_unavailable"}"""]);
        Assert.Equal(0, read["""runnel_turns_resets_total{code="upstream_unavailable"}"""]);
        Assert.Equal(0, read["""runnel_turns_failures_total{code="upstream_unavailable"}"""]);
        Assert.Equal(1, read["""runnel_turns_first_token_seconds_count{model="other"}"""]);
        Assert.DoesNotContain("""runnel_turns_first_token_seconds_count{model="fake"}""", read.Samples.Keys);
    }

    [Fact]
    public async Task TextThatIsWithdrawn_IsCounted()
    {
        await using var talk = await Talk.StartAsync("Models:Providers:0:RetryAfterText=true");
        talk.Upstream.Enqueue(Canned.Raw("data: {\"choices\":[{\"delta\":{\"content\":\"some\"}}]}\n\n"));

        await (await talk.NewSpeakerAsync()).SayAsync("go");
        var read = await talk.Server.ScrapeUntilAsync("""runnel_turns_total{outcome="complete"}""", 1);

        Assert.Equal(1, read["""runnel_turns_retries_total{code="upstream_closed"}"""]);
        Assert.Equal(1, read["""runnel_turns_resets_total{code="upstream_closed"}"""]);
    }

    [Fact]
    public async Task ATurnThatFails_IsCountedByItsCode_AndOneThatIsStoppedIsNot()
    {
        await using var talk = await Talk.StartAsync();
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Canned.Status(401));
        await speaker.SayAsync("go");
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        await held.Begun;

        await speaker.StopAsync(sent.Text("thread_id"));
        var read = await talk.Server.ScrapeUntilAsync("""runnel_turns_total{outcome="stopped"}""", 1);

        Assert.Equal(1, read["""runnel_turns_failures_total{code="upstream_rejected"}"""]);
        Assert.Equal(1, read.Samples.Where(sample => sample.Key.StartsWith("runnel_turns_failures", StringComparison.Ordinal))
            .Sum(sample => sample.Value));
    }

    [Fact]
    public async Task WhatADeadProcessLeft_IsCountedAsInterrupted()
    {
        await using var server = await LivingServer.StartAsync();
        server.Upstream.Enqueue(Canned.Hang);
        var sent = await server.Speaker.SendAsync("go");
        await server.Upstream.WaitForRequestAsync(cancellationToken: TestContext.Current.CancellationToken);
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();

        await server.StartAgainAsync();
        await server.Speaker.EndAsync(sent);
        var text = await server.Speaker.Client.GetStringAsync(
            new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("""runnel_turns_failures_total{code="interrupted"} 1""", text, StringComparison.Ordinal);
    }

    private static string[] Other(FakeUpstream upstream) =>
    [
        "Models:Providers:1:Name=other", $"Models:Providers:1:BaseUrl={upstream.BaseUrl}", "Models:Providers:1:Model=fake-2",
    ];
}
