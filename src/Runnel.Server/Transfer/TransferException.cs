namespace Runnel.Server.Transfer;

/// <summary>A database or a file cannot be carried over. The message says why, in one line.</summary>
internal sealed class TransferException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static TransferException Newer(string what, int schema, int known) => new(
        $"{what} was written by a newer version (its tables are of version {schema}, this one knows {known}). Use that version.");

    public static TransferException TablesAreNewer(int there, int wanted) => new(
        $"The tables of the database are of version {there} and those of the file of version {wanted}. "
        + "Give a database without tables: they are made as the file wants them, and brought up to date.");
}
