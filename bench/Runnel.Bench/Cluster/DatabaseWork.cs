namespace Runnel.Bench.Cluster;

/// <summary>What a database has done: commits of the log, bytes of its write-ahead log, transactions of all kinds, and
/// CPU.</summary>
internal readonly record struct DatabaseWork(long Commits, long WalBytes, long Transactions, double CpuMicroseconds)
{
    public static DatabaseWork operator -(DatabaseWork after, DatabaseWork before) => new(
        after.Commits - before.Commits,
        after.WalBytes - before.WalBytes,
        after.Transactions - before.Transactions,
        after.CpuMicroseconds - before.CpuMicroseconds);
}
