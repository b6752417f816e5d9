using Microsoft.Data.Sqlite;
using Runnel.Streams.Stores;
using static SQLitePCL.raw;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Runs what commits together with an append.</summary>
internal static class Participants
{
    /// <exception cref="ParticipantRefusedException">It failed by its own fault, or touched another number of rows.</exception>
    public static void Run(StatementCache statements, CommitPlan plan, Append append, Participant participant)
    {
        int rows;
        try
        {
            var parameters = participant.Parameters
                .Select(pair => (pair.Key, pair.Value is EventNumber number ? Number(plan, append, number) : pair.Value))
                .ToArray();
            rows = statements.Execute(participant.Sql, parameters);
        }
        catch (Exception exception) when (!IsFaultOfDatabase(exception))
        {
            throw new ParticipantRefusedException(participant.Name, exception);
        }

        if (participant.ExpectedRows is { } expected && rows != expected)
            throw new ParticipantRefusedException(participant.Name);
    }

    /// <summary>Whether it would hit everybody who shares the commit, and the transaction is not to be trusted any more.</summary>
    private static bool IsFaultOfDatabase(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_NOMEM or SQLITE_READONLY or SQLITE_INTERRUPT or SQLITE_IOERR
            or SQLITE_CORRUPT or SQLITE_FULL or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_NOTADB,
    };

    private static long Number(CommitPlan plan, Append append, EventNumber number) => number switch
    {
        EventNumber.Before => plan.Of(append.Stream).Last,
        EventNumber.Last => plan.Of(append.Stream).Last + append.Events.Count,
        EventNumber.OwnerBefore => plan.Of(append.Owner
            ?? throw new InvalidOperationException("An append without an owner has no number in the owner's stream.")).Last,
        EventNumber.Incarnation => plan.Incarnation,
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };
}
