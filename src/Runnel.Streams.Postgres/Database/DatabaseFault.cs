using Npgsql;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Database;

/// <summary>What a failure of the database means. The classes are those of PostgreSQL's error codes, appendix A of its
/// manual.</summary>
internal static class DatabaseFault
{
    /// <summary>Whether a statement failed by its own fault: its data, a constraint, its text. Nobody else is hit.</summary>
    public static bool IsOfStatement(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } =>
            state.StartsWith("22", StringComparison.Ordinal)
            || state.StartsWith("23", StringComparison.Ordinal)
            || state.StartsWith("42", StringComparison.Ordinal)
            || state.StartsWith("P0", StringComparison.Ordinal),
        NpgsqlException or IOException or TimeoutException => false,
        _ => true,
    };

    /// <summary>Whether the transaction lost a race against another one, was rolled back, and is worth trying again.</summary>
    public static bool IsLostRace(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    };

    /// <summary>Whether the connection is gone, and nothing is said of the next one.</summary>
    public static bool IsOfConnection(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException or IOException => true,
        _ => false,
    };

    /// <summary>Whether the server has answered: then a commit that failed is not there.</summary>
    public static bool IsAnswer(Exception exception) =>
        exception is PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown) };

    public static bool IsOfDatabase(Exception exception) =>
        exception is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException;

    public static StoreUnavailableException Unavailable(Exception exception) =>
        new($"The database failed: {exception.Message}", exception);
}
