using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence;

/// <summary>Sees to it that what was deleted is soon in no file. Rows that go together with a stream need not ask.</summary>
internal sealed class Erasure(SqliteDatabase database)
{
    /// <summary>Call it after the commit. After a crash in between, the next start erases.</summary>
    public void Soon() => database.NeedsErasing = true;
}
