using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Streams;

namespace Runnel.Server.Conversations;

/// <summary>
/// <c>GET /conversations/{thread_id}/messages</c>: the active branch, oldest first within a page, paged backwards. With it comes
/// the stream's cursor of the same moment. While an answer runs, its text up to that cursor is in the page; where the
/// stream has already moved on from what the rows say, the cursor is that of the rows, and the stream brings the rest.
/// </summary>
internal static class ReadMessages
{
    private const int MaxLimit = 200;
    private const int MaxTries = 10;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conversations/{threadId}/messages", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        CurrentUser user,
        RunnelDbContext database,
        IEventStreams streams,
        CancellationToken cancellationToken,
        string? before = null,
        [FromQuery(Name = "limit")] string? asked = null)
    {
        if (!QueryNumbers.TryRead(asked, 50, MaxLimit, out var limit))
            return ConversationProblems.InvalidLimit(MaxLimit);
        for (var tries = 1; ; tries++)
        {
            if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is not { } found)
                return ConversationProblems.NotFound();
            if (await PlaceAsync(database, found, before, cancellationToken) is not { } place)
                return Problems.BadRequest("invalid_before", "before is the next_before of an earlier page.");
            var running = await RunningTextAsync(streams, found, cancellationToken);
            var page = await PageAsync(database, found, place, running, limit, cancellationToken);
            // What was read one after the other is of one moment only if nothing came in between.
            var still = await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken);
            if (tries == MaxTries || (running.IsOfRow && still?.HistoryAt == found.HistoryAt))
                return Results.Ok(page);
        }
    }

    private static async Task<Response> PageAsync(
        RunnelDbContext database,
        Conversation found,
        Place place,
        RunningText running,
        int limit,
        CancellationToken cancellationToken)
    {
        var rows = await Branch.ReadAsync(database, found.ThreadId, place.Last, limit + 1, cancellationToken);
        var page = rows.Count > limit ? rows.GetRange(1, limit) : rows;
        var siblings = await SiblingsAsync(database, found.ThreadId, page, cancellationToken);
        var used = await UsedKnowledge.ReadAsync(database, found, page, cancellationToken);
        var items = page.ConvertAll(message => MessageItem.From(
            AsOf(message, found, running), siblings[message.ParentId ?? ""].ToList(), used));
        return new Response(items, rows.Count > limit ? page[0].MessageId : null, running.Cursor);
    }

    /// <summary>The stream's position that belongs to the conversation's row, and the running answer as it was there. Where
    /// the stream is not where the row is, it is the row's position, from which the stream brings all of the answer.</summary>
    private static async Task<RunningText> RunningTextAsync(
        IEventStreams streams, Conversation found, CancellationToken cancellationToken) =>
        await streams.ReadStateAsync(
            ConversationStreams.Of(found.ThreadId),
            (cursor, state) =>
            {
                var view = (ConversationView)state;
                var ofRow = (cursor with { Number = found.Position }).ToString();
                if (found.RunningTurnId is null)
                    return new RunningText(ofRow, "", "", IsOfRow: true);
                var running = view.Find(found.RunningTurnId);
                var isOfRow = view.HistoryAt <= found.HistoryAt && cursor.Number >= found.HistoryAt;
                return isOfRow || running?.ChangedAt <= found.Position
                    ? new RunningText(cursor.ToString(), running?.Content ?? "", running?.Reasoning ?? "", isOfRow)
                    : new RunningText(ofRow, "", "", isOfRow);
            },
            cancellationToken) ?? throw new InvalidOperationException("A conversation has no stream.");

    /// <summary>The message as it was at the cursor: the running answer has the text that it had there, whatever its row says
    /// by now.</summary>
    private static Message AsOf(Message message, Conversation found, RunningText running) =>
        message.TurnId != found.RunningTurnId || message.Role != "assistant" ? message : new Message
        {
            MessageId = message.MessageId,
            ThreadId = message.ThreadId,
            ParentId = message.ParentId,
            TurnId = message.TurnId,
            Role = message.Role,
            Status = "streaming",
            Content = running.Content,
            Reasoning = running.Reasoning,
            Model = message.Model,
            Rating = message.Rating,
            RatingComment = message.RatingComment,
            CreatedAt = message.CreatedAt,
        };

    /// <summary>Where a page ends; null when there is no such place.</summary>
    private static async Task<Place?> PlaceAsync(
        RunnelDbContext database, Conversation found, string? before, CancellationToken cancellationToken) =>
        before is null
            ? new Place(found.ActiveMessageId)
            : await database.Set<Message>()
                .Where(message => message.ThreadId == found.ThreadId && message.MessageId == before)
                .Select(message => new Place(message.ParentId))
                .FirstOrDefaultAsync(cancellationToken);

    private static async Task<ILookup<string, string>> SiblingsAsync(
        RunnelDbContext database, string threadId, List<Message> page, CancellationToken cancellationToken)
    {
        var parents = page.Select(message => message.ParentId).Distinct().ToList();
        var children = await database.Set<Message>()
            .Where(message => message.ThreadId == threadId && parents.Contains(message.ParentId))
            .OrderBy(message => message.CreatedAt)
            .ThenBy(message => message.MessageId)
            .Select(message => new { message.ParentId, message.MessageId })
            .ToListAsync(cancellationToken);
        return children.ToLookup(child => child.ParentId ?? "", child => child.MessageId);
    }

    private sealed record Place(string? Last);

    private sealed record RunningText(string Cursor, string Content, string Reasoning, bool IsOfRow);

    private sealed record Response(List<MessageItem> Items, string? NextBefore, string Cursor);
}
