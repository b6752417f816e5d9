using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Rows;

/// <summary>Who may see a conversation: its owner. Every read of one goes through here, so that the owner is in the query.</summary>
internal static class OwnConversations
{
    public static IQueryable<Conversation> Of(RunnelDbContext database, string ownerId) =>
        database.Set<Conversation>().AsNoTracking().Where(conversation => conversation.OwnerId == ownerId);

    public static Task<Conversation?> FindAsync(
        RunnelDbContext database, string ownerId, string threadId, CancellationToken cancellationToken) =>
        Of(database, ownerId).FirstOrDefaultAsync(conversation => conversation.ThreadId == threadId, cancellationToken);

    /// <summary>Whether somebody has as many as they may keep. Of two that begin at once, both may still begin.</summary>
    public static async Task<bool> IsFullAsync(
        RunnelDbContext database, string ownerId, int limit, CancellationToken cancellationToken) =>
        await Of(database, ownerId).OrderBy(conversation => conversation.UpdatedAt).Take(limit).CountAsync(cancellationToken) >= limit;

    /// <summary>Whether they have it, asked in a scope of its own, which is gone before a stream is followed for half an hour.</summary>
    public static async Task<bool> ExistsAsync(
        IServiceScopeFactory scopes, string ownerId, string threadId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return await Of(database, ownerId)
            .AnyAsync(conversation => conversation.ThreadId == threadId, cancellationToken);
    }
}
