using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>GET /conversations</c>: the caller's, newest activity first. <c>before</c> is the <c>next_before</c> of the page
/// before: a time and a thread, so that what happens meanwhile neither repeats nor hides a row of later pages.</summary>
internal static class ListConversations
{
    private const int MaxLimit = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conversations", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        CurrentUser user,
        RunnelDbContext database,
        CancellationToken cancellationToken,
        string? before = null,
        string? search = null,
        [FromQuery(Name = "limit")] string? asked = null)
    {
        if (!QueryNumbers.TryRead(asked, 50, MaxLimit, out var limit))
            return ConversationProblems.InvalidLimit(MaxLimit);
        var conversations = Matching(OwnConversations.Of(database, user.Id), search);
        if (before is not null)
        {
            if (!TryReadKey(before, out var time, out var thread))
                return Problems.BadRequest("invalid_before", "before is the next_before of an earlier page.");
            conversations = conversations.Where(conversation =>
                conversation.UpdatedAt < time
                || (conversation.UpdatedAt == time && string.Compare(conversation.ThreadId, thread) < 0));
        }

        var rows = await conversations
            .OrderByDescending(conversation => conversation.UpdatedAt)
            .ThenByDescending(conversation => conversation.ThreadId)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? Key(page[^1]) : null;
        return Results.Ok(new Response(page.ConvertAll(ConversationItem.From), next));
    }

    /// <summary>Those whose title contains a text, whatever the case of its letters (SQLite knows case of A to Z alone).</summary>
    private static IQueryable<Conversation> Matching(IQueryable<Conversation> conversations, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
            return conversations;
        var wanted = search.Trim();
#pragma warning disable CA1862 // The database compares, and knows no other way.
        return conversations.Where(conversation => conversation.Title.ToLower().Contains(wanted.ToLower()));
#pragma warning restore CA1862
    }

    private static string Key(Conversation last) => $"{UtcText.Write(last.UpdatedAt)}_{last.ThreadId}";

    private static bool TryReadKey(string before, out DateTimeOffset time, out string thread)
    {
        var split = before.IndexOf('_', StringComparison.Ordinal);
        thread = before[(split + 1)..];
        return DateTimeOffset.TryParse(before.AsSpan(0, Math.Max(split, 0)), out time) && thread.Length > 0;
    }

    private sealed record Response(List<ConversationItem> Items, string? NextBefore);
}
