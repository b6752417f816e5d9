using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Turns.Deleting;

public class UnfinishedDeletionTests
{
    [Fact]
    public async Task ADeletionThatAProcessDidNotFinish_IsFinishedAtTheNextStart()
    {
        await using var server = await RunnelServer.StartAsync("Shutdown:GraceSeconds=0");
        var speaker = new Speaker(await server.NewUserAsync());
        var sent = await speaker.SayAsync("forget this");
        var thread = sent.Text("thread_id");
        var owner = (await speaker.GetAsync("/api/v1/auth/me")).Text("id");
        await server.Services.GetRequiredService<IEventStreams>().AppendAsync(
            new Append(ConversationStreams.Of(thread), ConversationEvents.From(new ConversationDeleted(thread)))
            {
                Participants = DeletedConversations.Delete(thread, owner, DateTimeOffset.UnixEpoch),
                EndsStream = true,
            });
        Assert.NotEmpty(await ReadAsync(server, thread));

        await server.RestartAsync();

        Assert.Empty(await ReadAsync(server, thread));
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = speaker.Client.DefaultRequestHeaders.Authorization;
        using var stream = await new Speaker(client).FollowAllAsync(sent.Text("user_cursor"));
        var events = await stream.UntilAsync("conversation_deleted");
        Assert.Equal(["connected", "conversation_deleted"], events.Names().Where(name => name.Length > 0));
    }

    private static async Task<IReadOnlyList<Runnel.Streams.Events.LogEntry>> ReadAsync(RunnelServer server, string thread) =>
        await server.Services.GetRequiredService<IEventStreams>().ReadAsync(
            ConversationStreams.Of(thread), 0, 1 << 20, TestContext.Current.CancellationToken);
}
