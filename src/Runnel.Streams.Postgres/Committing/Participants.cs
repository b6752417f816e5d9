using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>Runs what commits together with an append, in a savepoint of its own and in one round trip.</summary>
internal static class Participants
{
    /// <summary>Runs them in order; why the append is refused, or null when it is not.</summary>
    public static ParticipantRefusedException? Run(NpgsqlConnection connection, CommitPlan plan, Append append)
    {
        if (append.Participants.Count == 0)
            return null;
        var refusal = TryRun(connection, plan, append);
        Sql.Execute(connection, refusal is null ? "release savepoint append" : "rollback to savepoint append");
        return refusal;
    }

    private static ParticipantRefusedException? TryRun(NpgsqlConnection connection, CommitPlan plan, Append append)
    {
        using var batch = connection.CreateBatch();
        Sql.Add(batch, "savepoint append");
        try
        {
            foreach (var participant in append.Participants)
                batch.BatchCommands.Add(Command(plan, append, participant));
            batch.ExecuteNonQuery();
        }
        catch (PostgresException exception) when (DatabaseFault.IsOfStatement(exception))
        {
            var failed = batch.BatchCommands.IndexOf((NpgsqlBatchCommand)exception.BatchCommand!) - 1;
            // Those before it did run; had they been run one by one, it would not have been tried.
            return Miscounted(batch, append, failed) is { } earlier
                ? new ParticipantRefusedException(earlier.Name)
                : Refusal(append, failed, exception);
        }
        catch (Exception exception) when (DatabaseFault.IsOfStatement(exception))
        {
            // A value that cannot be sent: the server has not even seen the savepoint.
            Sql.Execute(connection, "savepoint append");
            return Refusal(append, batch.BatchCommands.Count - 1, exception);
        }

        return Miscounted(batch, append, append.Participants.Count) is { } other ? new ParticipantRefusedException(other.Name) : null;
    }

    private static ParticipantRefusedException Refusal(Append append, int index, Exception cause) =>
        new(append.Participants[Math.Clamp(index, 0, append.Participants.Count - 1)].Name, cause);

    private static Participant? Miscounted(NpgsqlBatch batch, Append append, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (append.Participants[i].ExpectedRows is { } expected && (int)batch.BatchCommands[i + 1].RecordsAffected != expected)
                return append.Participants[i];
        }

        return null;
    }

    private static NpgsqlBatchCommand Command(CommitPlan plan, Append append, Participant participant)
    {
#pragma warning disable CA2100 // The statement is the application's; values go by parameters.
        var command = new NpgsqlBatchCommand(participant.Sql);
#pragma warning restore CA2100
        foreach (var (name, value) in participant.Parameters)
        {
            var given = value is EventNumber number ? plan.NumberOf(append, number) : value;
            command.Parameters.Add(new NpgsqlParameter { ParameterName = name, Value = given ?? DBNull.Value });
        }

        return command;
    }
}
