using System.Net;
using System.Text;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Deleting;

public class DeleteConversationTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Delete_EndsWhatRunsAndWaits_TellsBothStreams_AndLeavesNothing()
    {
        await using var own = await Talk.StartAsync();
        var speaker = await own.NewSpeakerAsync();
        var other = await speaker.SayAsync("another");
        var held = own.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        var thread = sent.Text("thread_id");
        await held.Begun;
        await speaker.SendBusyAsync("second", thread, "enqueue");
        await speaker.SendBusyAsync("third", thread, "enqueue");
        using var stream = await speaker.FollowAsync(thread, sent.Text("cursor"));
        using var all = await speaker.FollowAllAsync(sent.Text("user_cursor"));
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(speaker, thread));

        await own.Upstream.WaitForAbortAsync(cancellationToken: TestContext.Current.CancellationToken);
        var events = await stream.ToEndAsync();
        Assert.Equal(("conversation_deleted", thread), (events[^1].Event, events[^1].Text("thread_id")));
        Assert.NotEmpty(events[^1].Id);
        Assert.Equal(3, events.Count(next => next.IsEnd()));
        Assert.All(events.Where(next => next.IsEnd()), next => Assert.Equal("stopped", next.Text("finish_reason")));
        Assert.Equal(thread, (await all.UntilAsync("conversation_deleted"))[^1].Text("thread_id"));
        await AssertGoneAsync(speaker, thread, stream.LastId);
        Assert.Equal(2, own.Upstream.Requests.Count);
        Assert.Equal(other.Text("thread_id"), Assert.Single((await speaker.GetAsync(Speaker.Api)).Items()).Text("thread_id"));
        await speaker.SayAsync("goes on", other.Text("thread_id"));
        Assert.Equal("goes on", (await all.UntilAsync("user_message"))[^1].Text("content"));
    }

    [Fact]
    public async Task TwentyFollowers_AllLearnThatItIsGone_HoweverOften()
    {
        for (var round = 0; round < 5; round++)
        {
            var speaker = await talk.NewSpeakerAsync();
            var thread = (await speaker.SayAsync("hello")).Text("thread_id");
            var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => speaker.FollowAsync(thread)));

            Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(speaker, thread));

            foreach (var stream in streams)
            {
                Assert.Equal(["connected", "conversation_deleted"], (await stream.ToEndAsync()).Names());
                stream.Dispose();
            }
        }
    }

    [Fact]
    public async Task Delete_OfSomebodyElses_OrOfNone_Answers404_AndDeletesNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = (await speaker.SayAsync("mine")).Text("thread_id");
        var somebodyElse = await talk.NewSpeakerAsync();

        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(somebodyElse, thread));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(speaker, "nothing"));

        Assert.Equal(2, (await speaker.MessagesAsync(thread)).Items().Count);
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(speaker, thread));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(speaker, thread));
        using var theirs = await somebodyElse.Client.GetAsync(
            new Uri($"{Speaker.Api}/{thread}/stream", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
    }

    [Fact]
    public async Task DeletesThatRaceEachOtherAndSends_LeaveNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        for (var round = 0; round < 10; round++)
        {
            var thread = await speaker.CreateAsync();
            var sends = Enumerable.Range(0, 4).Select(i => speaker.PostAsync(
                new { message = $"[[tokens=500 delay=1ms]] {i}", thread_id = thread, when_busy = "enqueue" }));
            var deletes = Enumerable.Range(0, 3).Select(_ => DeleteAsync(speaker, thread));
            var (sent, deleted) = (Task.WhenAll(sends), Task.WhenAll(deletes));

            Assert.All(await sent, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.NotFound));
            Assert.Single(await deleted, status => status == HttpStatusCode.NoContent);
            await AssertGoneAsync(speaker, thread, cursor: null);
        }
    }

    [Fact]
    public async Task TheText_IsInNoFile_OnceTheLogHasBeenCompacted()
    {
        const string Secret = "a-secret-that-nobody-may-find";
        await using var server = await LivingServer.StartAsync();
        var thread = (await server.Speaker.SayAsync(Secret)).Text("thread_id");
        Assert.NotEmpty(FilesWith(server, Secret));

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(server.Speaker, thread));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (FilesWith(server, Secret) is [_, ..] left)
        {
            Assert.False(patience.IsCancellationRequested, $"It is still in {string.Join(", ", left)}.");
            await server.Speaker.GetAsync(Speaker.Api);
        }
    }

    private static async Task<HttpStatusCode> DeleteAsync(Speaker speaker, string thread)
    {
        using var answer = await speaker.Client.DeleteAsync(new Uri($"{Speaker.Api}/{thread}", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task AssertGoneAsync(Speaker speaker, string thread, string? cursor)
    {
        foreach (var path in new[] { "", "/messages", "/events" })
        {
            using var read = await speaker.Client.GetAsync(new Uri($"{Speaker.Api}/{thread}{path}", UriKind.Relative));
            await read.ProblemAsync(404, "conversation_not_found");
        }

        using (var sent = await speaker.PostAsync(new { message = "again", thread_id = thread }))
            await sent.ProblemAsync(404, "conversation_not_found");
        using (var stopped = await speaker.PostAsync(new { }, $"{Speaker.Api}/{thread}/stop"))
            await stopped.ProblemAsync(404, "conversation_not_found");
        var after = cursor is null ? "" : $"?after={cursor}";
        using var followed = await speaker.Client.GetAsync(new Uri($"{Speaker.Api}/{thread}/stream{after}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, followed.StatusCode);
    }

    private static string[] FilesWith(LivingServer server, string text)
    {
        var searched = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(Path.GetDirectoryName(server.DatabaseFile)!, "runnel.db*")
            .Where(file => Read(file).AsSpan().IndexOf(searched) >= 0)];
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
