using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Metrics;

public partial class MetricsEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AreThereFromTheStart_AtZero()
    {
        await using var server = await RunnelServer.StartAsync();

        var read = await server.ScrapeAsync();

        string[] zeros =
        [
            "runnel_streams_events_appended_total", "runnel_streams_commits_failed_total",
            "runnel_streams_follows_total{outcome=\"resumed\"}", "runnel_streams_compactions_failed_total",
            "runnel_sse_closes_total{cause=\"stalled\"}", "runnel_sse_open{state=\"live\"}", "runnel_turns_running",
            "runnel_turns_total{outcome=\"failed\"}", "runnel_turns_failures_total{code=\"interrupted\"}",
            "runnel_turns_retries_total{code=\"upstream_unavailable\"}", "runnel_turns_resets_total{code=\"upstream_closed\"}",
            "runnel_turns_fallbacks_total{code=\"upstream_timeout\"}",
            "runnel_training_rounds_total{outcome=\"failed\"}", "runnel_training_running",
        ];
        Assert.All(zeros, sample => Assert.Equal(0, read[sample]));
        Assert.True(read["dotnet_process_memory_working_set_bytes"] > 0);
        Assert.True(read["kestrel_active_connections{network_transport=\"tcp\",network_type=\"ipv4\","
            + $"server_address=\"127.0.0.1\",server_port=\"{server.BaseAddress.Port}\"}}"] >= 1);
    }

    [Fact]
    public async Task Metrics_Move_WithATurnThatIsFollowed()
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync();

        await AskAsync(user, "hello");
        var read = await server.ScrapeUntilAsync("runnel_sse_closes_total{cause=\"end\"}", 1);
        read = await server.ScrapeUntilAsync("runnel_turns_total{outcome=\"complete\"}", 1);

        Assert.Equal(0, read["runnel_turns_running"]);
        Assert.Equal(1, read["runnel_turns_duration_seconds_count"]);
        Assert.Equal(1, read["runnel_turns_first_token_seconds_count{model=\"scripted\"}"]);
        Assert.True(read["runnel_streams_events_appended_total"] > 3);
        Assert.Equal(read["runnel_streams_commits_total"], read["runnel_streams_commit_events_count"]);
        Assert.Equal(read["runnel_streams_events_appended_total"], read["runnel_streams_commit_events_sum"]);
        Assert.True(read["runnel_streams_append_duration_seconds_sum"] > 0);
        Assert.Equal(1, read["runnel_streams_follows_total{outcome=\"resumed\"}"]);
        Assert.Equal(1, read["runnel_streams_replay_entries_count"]);
        Assert.True(read["runnel_sse_frames_total"] > 3);
        Assert.True(read["runnel_sse_sent_bytes_total"] > 500);
        Assert.True(read["runnel_sse_flush_lag_seconds_count"] > 0);
        Assert.Contains(read.Samples, sample => sample.Value > 0 && AnswersOfSend().IsMatch(sample.Key));
    }

    [Fact]
    public async Task Metrics_Move_WithARoundOfTraining()
    {
        await using var server = await RunnelServer.StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());

        await speaker.TeachAsync(await speaker.NewHumanAsync(), "I like chess.");
        var read = await server.ScrapeUntilAsync("runnel_training_rounds_total{outcome=\"complete\"}", 1);

        Assert.Equal(0, read["runnel_training_running"]);
        Assert.Equal(1, read["runnel_training_duration_seconds_count"]);
        Assert.All(Trainer.Steps, step => Assert.Equal(1, read[$"runnel_training_step_seconds_count{{step=\"{step}\"}}"]));
    }

    [Fact]
    public async Task Metrics_SayNothingOfWhoAndWhat()
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync("whoever@example.org");
        await AskAsync(user, "zanzibar");
        using var strange = await user.GetAsync("/api/v1/conversations/zanzibar/messages?x=zanzibar", Token);
        using var odd = await user.SendAsync(new HttpRequestMessage(new HttpMethod("ZANZIBAR"), "/zanzibar"), Token);

        var text = string.Join('\n', (await server.ScrapeAsync()).Samples.Keys);

        Assert.DoesNotContain("zanzibar", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("whoever", text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AskAsync(HttpClient user, string message)
    {
        using var answer = await user.PostAsJsonAsync("/api/v1/conversations/new/stream", new { message }, Token);
        Assert.Contains("ai_response_complete", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [GeneratedRegex("""^http_server_request_duration_seconds_count\{.*http_route="/api/v1/conversations/\{threadId\}/stream".*\}$""")]
    private static partial Regex AnswersOfSend();
}
