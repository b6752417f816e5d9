namespace Runnel.Streams.Postgres.Database;

/// <summary>Keys of locks that processes take on the database; see "advisory locks" in PostgreSQL's manual. Only those
/// that end with the transaction: a connection may pass a pooler, and is not reset when it goes back to the pool.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held by whoever brings the tables to their newest version.</summary>
    public const long Migrations = 0x52756e6e656c0001;

    /// <summary>Held by whoever compacts, and shared by those who trim.</summary>
    public const long Compaction = 0x52756e6e656c0002;
}
