namespace Runnel.Streams.Sqlite.Database;

/// <summary>What a commit survives.</summary>
public enum SqliteDurability
{
    /// <summary>Loss of power: every commit waits for the disk (<c>synchronous=FULL</c>). The default.</summary>
    Full,

    /// <summary>The end of the process, <c>kill -9</c> included, but not of the machine (<c>synchronous=NORMAL</c>).</summary>
    Normal,
}
