using System.Globalization;
using Npgsql;

namespace Runnel.Bench.Cluster;

/// <summary>What a PostgreSQL on this machine has done and spent so far.</summary>
internal sealed class MeasuredDatabase : IAsyncDisposable
{
    private const double MicrosecondsPerTick = 10_000;

    private readonly NpgsqlDataSource _source;

    public MeasuredDatabase(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "bench", MaxPoolSize = 1 };
        _source = NpgsqlDataSource.Create(text.ToString());
    }

    public async Task<DatabaseWork> ReadAsync()
    {
        await using var command = _source.CreateCommand(
            """
            select (select coalesce(sum(batch), 0)::bigint from writers), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
              (select xact_commit + xact_rollback from pg_stat_database where datname = current_database()), pg_backend_pid()
            """);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new DatabaseWork(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), Cpu(rows.GetInt32(3)));
    }

    /// <summary>Of all nodes together.</summary>
    public async Task<long> ConnectionsAsync()
    {
        await using var command = _source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'runnel'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Of the server and all of its processes; of those that have ended, too.</summary>
    private static double Cpu(int backend)
    {
        var server = StatOf(backend)!.Value.Parent;
        var own = StatOf(server)!.Value;
        return MicrosecondsPerTick * (own.Ticks + own.ChildrensTicks + Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var process) ? StatOf(process) : null)
            .Sum(stat => stat?.Parent == server ? stat.Value.Ticks : 0));
    }

    /// <summary>Fields 4 and 14 to 17 of /proc/[pid]/stat, see proc(5); null when it has just ended.</summary>
    private static (int Parent, long Ticks, long ChildrensTicks)? StatOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Ticks(fields, 11), Ticks(fields, 13));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Ticks(string[] fields, int at) =>
        long.Parse(fields[at], CultureInfo.InvariantCulture) + long.Parse(fields[at + 1], CultureInfo.InvariantCulture);
}
