using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Streams;

namespace Runnel.Server.Turns.Deleting;

/// <summary>Deletes, when the server starts, the streams of conversations whose rows are gone, where a process died between
/// the two.</summary>
internal sealed class UnfinishedDeletions(IServiceScopeFactory scopes, IEventStreams streams, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await FindAsync(cancellationToken))
            await streams.AppendAsync(ConversationDeletion.Forget(row.OwnerId, row.ThreadId, time.GetUtcNow()));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
