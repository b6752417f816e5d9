namespace Runnel.Streams.Postgres.Database;

/// <summary>How a process takes part in a shared log.</summary>
public sealed class PostgresOptions
{
    /// <summary>Who this process is among those that share the log, 1 to 100 characters. Whoever opens the log fences off the
    /// processes that opened it under the same name before. Default: the machine's name and a random part, which fences
    /// nobody off.</summary>
    public string NodeName { get; set; } = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    /// <summary>How long a process may be silent, while the database answers, before another one fences it off. It beats ten
    /// times in that. Default 3 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How the one connection is made that listens to what other processes commit; it must stay with one session of the
    /// server. Give it where a pooler shares sessions between transactions, as PgBouncer does in transaction mode: the others may
    /// pass it then, and prepare no statements unless their connection string says so. Default none: like the others.</summary>
    public string? ListenerConnectionString { get; set; }

    /// <summary>How long the database may take for a statement; then the commit counts as unanswered. Default 15 s.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often what was committed is moved from the journal into segments. Default 2 s.</summary>
    public TimeSpan CompactionPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
