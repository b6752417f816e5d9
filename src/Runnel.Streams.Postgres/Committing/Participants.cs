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
            Sql.Execute(connection, "rollback to savepoint append");
            return RunOneByOne(connection, plan, append);
        }
        catch (Exception exception) when (DatabaseFault.IsOfStatement(exception))
        {
            // A value that cannot be sent: the server has not even seen the savepoint.
            Sql.Execute(connection, "savepoint append");
            return RunOneByOne(connection, plan, append);
        }

        for (var i = 0; i < append.Participants.Count; i++)
        {
            if (IsMiscounted(append.Participants[i], (int)batch.BatchCommands[i + 1].RecordsAffected))
                return new ParticipantRefusedException(append.Participants[i].Name);
        }

        return null;
    }

    /// <summary>Finds out who refuses: all at once, one may fail where an earlier one had refused by its count already.</summary>
    private static ParticipantRefusedException? RunOneByOne(NpgsqlConnection connection, CommitPlan plan, Append append)
    {
        foreach (var participant in append.Participants)
        {
            try
            {
                using var one = connection.CreateBatch();
                one.BatchCommands.Add(Command(plan, append, participant));
                if (IsMiscounted(participant, one.ExecuteNonQuery()))
                    return new ParticipantRefusedException(participant.Name);
            }
            catch (Exception exception) when (DatabaseFault.IsOfStatement(exception))
            {
                return new ParticipantRefusedException(participant.Name, exception);
            }
        }

        return null;
    }

    private static bool IsMiscounted(Participant participant, int rows) => participant.ExpectedRows is { } expected && rows != expected;

    private static NpgsqlBatchCommand Command(CommitPlan plan, Append append, Participant participant)
    {
#pragma warning disable CA2100 // The statement is the application's; values go by parameters.
        var command = new NpgsqlBatchCommand(participant.Sql);
#pragma warning restore CA2100
        foreach (var (name, value) in participant.Parameters)
        {
            var given = value is EventNumber number ? plan.NumberOf(append, number) : Checked(name, value);
            command.Parameters.Add(new NpgsqlParameter { ParameterName = name, Value = given ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>These are refused, if at all, before anything is sent. A stream, say, may fail when half of it is: that takes the
    /// connection with it, and everybody else's appends of the commit.</summary>
    private static object? Checked(string name, object? value) => value switch
    {
        null or DBNull or string or bool or byte or short or int or long or float or double or decimal => value,
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid => value,
        byte[] or bool[] or short[] or int[] or long[] or double[] or string[] or Guid[] => value,
        _ => throw new NotSupportedException($"The value of @{name} is a {value.GetType().Name}, which is no value of a database."),
    };
}
