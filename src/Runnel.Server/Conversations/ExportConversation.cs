using Runnel.Server.Auth;
using Runnel.Server.Conversations.Exporting;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Streams;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations/{thread_id}/export</c>: the whole conversation as a file, with where its words came from: all
/// branches as JSON, or the active one as Markdown. It is written as it is read.</summary>
internal static class ExportConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{threadId}/export", HandleAsync)
            .Produces<string>(200, "application/json", "text/markdown");

    private static async Task<IResult> HandleAsync(
        string threadId,
        CurrentUser user,
        RunnelDbContext database,
        IEventStreams streams,
        TimeProvider time,
        CancellationToken cancellationToken,
        string format = "json")
    {
        if (format is not ("json" or "markdown"))
            return Problems.BadRequest("invalid_format", "format is json or markdown.");
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is not { } found)
            return ConversationProblems.NotFound();
        var running = await RunningAsync(streams, found, cancellationToken);
        var tree = await MessageTree.ReadAsync(database, threadId, cancellationToken);
        var export = new ConversationExport(found, tree, running, time.GetUtcNow());
        return format == "json"
            ? Results.Stream(
                file => JsonExport.WriteAsync(file, export, database, cancellationToken),
                "application/json; charset=utf-8",
                FileName.Of(found.Title, export.ExportedAt, "json"))
            : Results.Stream(
                file => MarkdownExport.WriteAsync(file, export, database, cancellationToken),
                "text/markdown; charset=utf-8",
                FileName.Of(found.Title, export.ExportedAt, "md"));
    }

    /// <summary>The text of an answer that is being written is not in its row yet.</summary>
    private static async Task<UnfinishedAnswer?> RunningAsync(
        IEventStreams streams, Conversation found, CancellationToken cancellationToken) =>
        found.RunningTurnId is null
            ? null
            : await streams.ReadStateAsync(
                ConversationStreams.Of(found.ThreadId),
                (_, view) => ((ConversationView)view).Find(found.RunningTurnId) is { } turn
                    ? new UnfinishedAnswer(turn.MessageId, turn.Content, turn.Reasoning)
                    : null,
                cancellationToken);
}
