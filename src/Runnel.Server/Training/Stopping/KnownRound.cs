using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Training.Stopping;

/// <summary>A round as its row says.</summary>
internal sealed record KnownRound(string RoundId, string Status, long? EndedAt)
{
    /// <summary>The named round of a digital human; without a name the one that runs, else the one that ended last.</summary>
    public static Task<KnownRound?> FindAsync(
        RunnelDbContext database,
        long digitalHumanId,
        string? roundId,
        string? clientMessageId,
        CancellationToken cancellationToken)
    {
        var isNamed = (roundId ?? clientMessageId) is not null;
        return database.Database.SqlQuery<KnownRound>($"""
            select round_id as "RoundId", status as "Status", ended_at_event as "EndedAt" from training_rounds
            where digital_human_id = {digitalHumanId} and ({isNamed} or status <> 'queued')
              and (cast({roundId} as text) is null or round_id = {roundId})
              and (cast({clientMessageId} as text) is null or client_message_id = {clientMessageId})
            order by status = 'running' desc, ended_at_event desc
            limit 1
            """).FirstOrDefaultAsync(cancellationToken);
    }
}
