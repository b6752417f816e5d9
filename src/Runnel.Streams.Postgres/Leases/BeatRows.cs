using Npgsql;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Streams.Postgres.Leases;

/// <summary>The statements of a heartbeat, each one round trip and one transaction.</summary>
internal static class BeatRows
{
    /// <summary>Beats, and reads the beats of all others; null when this process was fenced off.</summary>
    public static async Task<Dictionary<long, long>?> BeatAsync(
        NpgsqlConnection connection, long incarnation, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        // A beat that a crash of the database takes back has done its work.
        Sql.Add(batch, "select set_config('synchronous_commit', 'off', true)");
        Sql.Add(batch, "update beats set beat = beat + 1, beaten_at = now() where incarnation = $1", incarnation);
        Sql.Add(batch, "select incarnation, beat from beats where incarnation <> $1", incarnation);
        var others = new Dictionary<long, long>();
        await using (var rows = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await rows.NextResultAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                others[rows.GetInt64(0)] = rows.GetInt64(1);
        }

        return batch.BatchCommands[1].RecordsAffected == 1 ? others : null;
    }

    /// <summary>Fences a process off, unless it has beaten since. What it has not committed by then it never will; a commit that
    /// is under way is waited for, for a second. False when it has beaten, or another process was faster.</summary>
    public static async Task<bool> FenceAsync(
        NpgsqlConnection connection, long incarnation, long beat, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        Sql.Add(batch, "select set_config('lock_timeout', '1000', true)");
        Sql.Add(
            batch,
            """
            with silent as (delete from beats where incarnation = $1 and beat = $2 returning incarnation)
            update writers set fenced = true where incarnation in (select incarnation from silent)
            """,
            incarnation, beat);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    /// <summary>This process has written its last.</summary>
    public static async Task LeaveAsync(NpgsqlConnection connection, long incarnation, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        Sql.Add(batch, "delete from beats where incarnation = $1", incarnation);
        Sql.Add(batch, "update writers set fenced = true where incarnation = $1", incarnation);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
