using Runnel.Server.Background.Unfinished;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Gates.Counting;

/// <summary>Clears what servers have counted together and what counts no more.</summary>
internal sealed class OldCounts(IServiceProvider services) : IUnfinished
{
    private static readonly string[] Clearing =
    [
        "delete from allowances where caller in (select caller from allowances where whole_at < now() for update skip locked)",
        "delete from failed_logins where at < now() - interval '1 minute'",
        """
        delete from open_streams where incarnation in (
          select distinct o.incarnation from open_streams o
          where not exists (select 1 from writers w where w.incarnation = o.incarnation and not w.fenced))
        """,
    ];

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var pool = services.GetRequiredService<PostgresDatabase>().Pool;
        foreach (var sql in Clearing)
        {
#pragma warning disable CA2100 // Constants of this file.
            await using var command = pool.CreateCommand(sql);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
