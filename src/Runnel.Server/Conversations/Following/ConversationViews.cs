using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Streaming;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Conversations.Following;

/// <summary>Makes the views of conversations' and users' streams. A new one needs the log from before the oldest turn that
/// has not ended.</summary>
internal sealed class ConversationViews(IServiceScopeFactory scopes) : IStreamKind
{
    public bool Has(StreamName stream) =>
        ConversationStreams.ThreadIdOf(stream) is not null || ConversationStreams.OwnerIdOf(stream) is not null;

    public IStreamView Create(StreamName stream) => new ConversationView();

    public async ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        var threadId = ConversationStreams.ThreadIdOf(stream);
        var starts = threadId is not null
            ? database.SqlQuery<long?>($"""
                select min(started_after) as "Value" from turns
                where thread_id = {threadId} and status in ('queued', 'running')
                """)
            : database.SqlQuery<long?>($"""
                select min(owner_started_after) as "Value" from turns
                where owner_id = {ConversationStreams.OwnerIdOf(stream)} and status in ('queued', 'running')
                """);
        return await starts.SingleAsync(cancellationToken) ?? long.MaxValue;
    }
}
