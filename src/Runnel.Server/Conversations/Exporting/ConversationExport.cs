using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>A conversation that is written to a file: however long it is, few of its messages are in memory at a time.</summary>
internal sealed record ConversationExport(
    Conversation Conversation, MessageTree Tree, UnfinishedAnswer? Unfinished, DateTimeOffset ExportedAt)
{
    private const int PageSize = 50;

    /// <summary>These messages in this order, page by page; those that are gone meanwhile are left out.</summary>
    public async IAsyncEnumerable<List<ExportedMessage>> ReadAsync(
        RunnelDbContext database, List<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var page in ids.Chunk(PageSize))
        {
            var rows = await database.Set<Message>().AsNoTracking()
                .Where(message => message.ThreadId == Conversation.ThreadId && page.Contains(message.MessageId))
                .ToDictionaryAsync(message => message.MessageId, cancellationToken);
            var used = await UsedKnowledge.ReadAsync(database, Conversation, rows.Values, cancellationToken);
            yield return [.. page.Where(rows.ContainsKey).Select(id => ExportedMessage.From(rows[id], Unfinished, used))];
        }
    }
}
