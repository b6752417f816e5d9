using System.Text.Json.Serialization;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>PATCH /conversations/{thread_id}</c>: another title.</summary>
internal static class RenameConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/conversations/{threadId}", HandleAsync).Produces<ConversationItem>();

    private static async Task<IResult> HandleAsync(
        string threadId,
        Request? request,
        CurrentUser user,
        RunnelDbContext database,
        ConversationChange changes,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        var title = OneLine.Of(request?.Title);
        if (title.Length == 0)
            return Problems.Invalid("empty_title", "Send a title: one that is not only white space.");
        if (ConversationTitle.IsTooLong(title))
            return ConversationProblems.TitleTooLong();
        var now = time.GetUtcNow();
        await changes.TryAsync(
            user.Id,
            new ConversationUpdated(threadId) { Title = title, UpdatedAt = now },
            ConversationTitle.Rename(threadId, user.Id, title, now));
        return await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is { } renamed
            ? Results.Ok(ConversationItem.From(renamed))
            : ConversationProblems.NotFound();
    }

    internal sealed record Request([property: JsonConverter(typeof(TextConverter))] string? Title);
}
