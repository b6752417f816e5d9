namespace Runnel.Server.Persistence;

/// <summary>Sees to it that what was deleted is soon in no file. Rows that go together with a stream need not ask.</summary>
internal sealed class Erasure(IServerDatabase database)
{
    /// <summary>Call it after the commit. After a crash in between, the next start erases.</summary>
    public void Soon() => database.EraseSoon();
}
