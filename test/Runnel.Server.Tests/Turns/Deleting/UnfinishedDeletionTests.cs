using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams;
using Runnel.Streams.Events;
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
        var owner = (await speaker.GetAsync("/api/v1/auth/me")).GetProperty("user").Text("id");
        await server.Services.GetRequiredService<IEventStreams>().AppendAsync(
            new Append(ConversationStreams.Of(thread), ConversationEvents.From(new ConversationDeleted(thread)))
            {
                Participants = DeletedConversations.Delete(thread, owner, DateTimeOffset.UnixEpoch),
                EndsStream = true,
            });
        Assert.NotEmpty(await ReadAsync(server, ConversationStreams.Of(thread)));

        await server.RestartAsync();

        Assert.Empty(await ReadAsync(server, ConversationStreams.Of(thread)));
        var streams = server.Services.GetRequiredService<IEventStreams>();
        var newest = await streams.ReadStateAsync(
            ConversationStreams.OfOwner(owner), (cursor, _) => cursor.Number, TestContext.Current.CancellationToken);
        var told = Assert.Single(await ReadAsync(server, ConversationStreams.OfOwner(owner), newest - 1)).Event!;
        Assert.Equal(ConversationStreams.OfOwner(owner), told.Stream);
        Assert.Equal("conversation_deleted", told.Name);
    }

    private static async Task<IReadOnlyList<LogEntry>> ReadAsync(RunnelServer server, StreamName stream, long after = 0) =>
        await server.Services.GetRequiredService<IEventStreams>().ReadAsync(
            stream, after, 1 << 20, TestContext.Current.CancellationToken);
}
