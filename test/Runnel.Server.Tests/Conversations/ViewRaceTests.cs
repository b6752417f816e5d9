using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Tests.Conversations;

public class ViewRaceTests
{
    [Fact]
    public async Task ATurnThatBegins_WhileAStreamsStateIsLookedUp_IsShownToRun()
    {
        var gate = new Gate();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<IStreamViews>(services => new SlowViews(
                new ConversationViews(services.GetRequiredService<IServiceScopeFactory>()), gate)),
            "Shutdown:GraceSeconds=0");
        var speaker = new Speaker(await server.NewUserAsync());
        await speaker.SayAsync("before");
        gate.Armed = true;
        var opening = speaker.FollowAllAsync();
        await gate.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        gate.Armed = false;
        var sent = await speaker.SendAsync("now");
        using var watch = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await watch.UntilAsync(TurnEvents.Chunk);
        gate.Open.SetResult();

        using var stream = await opening;
        var running = (await stream.NextAsync("connected")).Data.GetProperty("running").EnumerateArray();
        Assert.Equal(sent.Text("turn_id"), Assert.Single(running).Text("turn_id"));
    }

    private sealed class Gate
    {
        public volatile bool Armed;
        public readonly TaskCompletionSource Asked = new();
        public readonly TaskCompletionSource Open = new();
    }

    private sealed class SlowViews(IStreamViews inner, Gate gate) : IStreamViews
    {
        public IStreamView Create(StreamName stream) => inner.Create(stream);

        public async ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken)
        {
            var start = await inner.FindStartAsync(stream, cancellationToken);
            if (gate.Armed && ConversationStreams.OwnerIdOf(stream) is not null)
            {
                gate.Asked.TrySetResult();
                await gate.Open.Task;
            }

            return start;
        }
    }
}
