using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Stopping;

/// <summary>Finds the turn that a stop means.</summary>
internal static class KnownTurns
{
    /// <summary>The named turn of a conversation; null when it has none of that name.</summary>
    public static Task<KnownTurn?> FindAsync(
        RunnelDbContext database, string threadId, StopRequest request, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<KnownTurn>($"""
            select turn_id as "TurnId", status as "Status", ended_at_event as "EndedAt" from turns
            where thread_id = {threadId}
              and turn_id = coalesce({request.TurnId}, turn_id)
              and (cast({request.ClientMessageId} as text) is null or client_message_id = {request.ClientMessageId})
            """).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The turn that runs; else the one that ended last; null when there has been none.</summary>
    public static Task<KnownTurn?> FindCurrentAsync(
        RunnelDbContext database, string threadId, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<KnownTurn>($"""
            select turn_id as "TurnId", status as "Status", ended_at_event as "EndedAt" from turns
            where thread_id = {threadId} and status <> 'queued'
            order by status = 'running' desc, ended_at_event desc
            limit 1
            """).FirstOrDefaultAsync(cancellationToken);
}
