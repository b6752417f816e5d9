using Npgsql;

namespace Runnel.Streams.Postgres.Database;

/// <summary>Makes of a connection string what gives connections.</summary>
internal static class PostgresSource
{
    /// <summary>Of one process, beside the three that have work of their own. A database takes a hundred unless it is told
    /// otherwise; several processes to which everybody comes back at once must not use them up.</summary>
    private const int MostPooled = 20;

    /// <summary>Of one connection; the program has fewer statements that it uses again and again.</summary>
    private const int MostPrepared = 100;

    /// <summary>The text with what this program needs, and does not leave to whoever wrote it.</summary>
    public static string Complete(string connectionString, PostgresOptions options)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds),
            ApplicationName = "runnel",
            // Nothing is left in a session that the next one could meet; to ask for its reset costs, and a pooler has none to give.
            NoResetOnClose = true,
        };
        if (!text.ShouldSerialize("Maximum Pool Size"))
            text.MaxPoolSize = MostPooled;
        // A listener that the network has forgotten must notice it.
        if (text.KeepAlive == 0)
            text.KeepAlive = 10;
        return text.ToString();
    }

    /// <summary>Gives connections that are shared by turns. Their small statements are prepared, since planning them costs more than
    /// doing them; behind a pooler the next one may be in another session. A commit's are not: what was planned for a few
    /// streams took twice as long for two thousand.</summary>
    public static NpgsqlDataSource Pooled(string connectionString, PostgresOptions options)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.ListenerConnectionString is null && !text.ShouldSerialize("Max Auto Prepare"))
            text.MaxAutoPrepare = MostPrepared;
        return Build(text);
    }

    /// <summary>Gives connections of which each is closed when it is given back.</summary>
    public static NpgsqlDataSource Alone(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        if (HasSeveralHosts(text))
        {
            // Npgsql chooses among hosts only in a pool. There a connection may be used again within the second, and is reset for that.
            (text.ConnectionLifetime, text.NoResetOnClose) = (1, false);
        }
        else
        {
            text.Pooling = false;
        }

        return Build(text);
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder text)
    {
        if (!HasSeveralHosts(text))
            return new NpgsqlDataSourceBuilder(text.ToString()).Build();
        // Only one can be meant; a source of several hosts does not take it from its text.
        text.TargetSessionAttributes = null;
        // Npgsql leaves a host that failed, or was a replica, alone for ten seconds: so long nobody would notice the one that takes over.
        if (!text.ShouldSerialize("Host Recheck Seconds"))
            text.HostRecheckSeconds = 1;
        return new NpgsqlDataSourceBuilder(text.ToString()).BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite);
    }

    private static bool HasSeveralHosts(NpgsqlConnectionStringBuilder text) =>
        text.Host?.Contains(',', StringComparison.Ordinal) == true;
}
