using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Rows;

/// <summary>A message of a conversation that the caller may see.</summary>
internal static class OneMessage
{
    public static Task<Message?> FindAsync(
        RunnelDbContext database, string threadId, string messageId, CancellationToken cancellationToken) =>
        database.Set<Message>().AsNoTracking().FirstOrDefaultAsync(
            message => message.ThreadId == threadId && message.MessageId == messageId, cancellationToken);
}
