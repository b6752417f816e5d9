using Microsoft.EntityFrameworkCore;
using Runnel.Server.Background.Unfinished;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Deleting;

/// <summary>Deletes the streams of conversations whose rows are gone, where a process died between the two.</summary>
internal sealed class UnfinishedDeletions(IServiceScopeFactory scopes, IEventStreams streams, TimeProvider time) : IUnfinished
{
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await FindAsync(cancellationToken))
        {
            try
            {
                await streams.AppendAsync(ConversationDeletion.Forget(row.OwnerId, row.ThreadId, time.GetUtcNow()));
            }
            catch (ParticipantRefusedException)
            {
                // Whoever deleted the rows lives, and has deleted the stream too.
            }
        }
    }

    private async Task<List<Row>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<Row>($"""
                select owner_id as "OwnerId", thread_id as "ThreadId" from deleted_conversations where is_forgotten = 0
                """)
            .ToListAsync(cancellationToken);
    }

    private sealed record Row(string OwnerId, string ThreadId);
}
