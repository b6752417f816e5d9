using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>Stop, where the model is somebody's own client that ignores cancellation.</summary>
public class StubbornModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AModelThatIgnoresBeingCancelled_DoesNotHoldUpAStop_AndWhatItSaysLaterIsNotRead(bool talksOn)
    {
        var model = new Stubborn(talksOn);
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddKeyedSingleton<IChatClient>("mine", model),
            "Models:Providers:0:Name=mine", "Models:Providers:0:Kind=Registered", "Shutdown:GraceSeconds=0");
        var speaker = new Speaker(await server.NewUserAsync());
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await stream.UntilAsync(TurnEvents.Chunk);

        var stopped = await speaker.StopAsync(sent.Text("thread_id"));
        model.Release.SetResult();
        await model.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(["stopped", sent.Text("turn_id")], stopped.Texts("status turn_id"));
        var events = await speaker.TurnAsync(sent);
        Assert.Equal("stopped", events[^1].Text("finish_reason"));
        Assert.Equal(events[^1].Text("final_content"), events.Joined());
        Assert.DoesNotContain("late", events.Joined(), StringComparison.Ordinal);
        var answer = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1];
        Assert.Equal(["stopped", events.Joined()], answer.Texts("status content"));
    }

    private sealed class Stubborn(bool talksOn) : IChatClient
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                do
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, "word ");
                    await Task.Yield();
                }
                while (talksOn);

                await Release.Task;
                yield return new ChatResponseUpdate(ChatRole.Assistant, "late");
            }
            finally
            {
                Left.SetResult();
            }
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
