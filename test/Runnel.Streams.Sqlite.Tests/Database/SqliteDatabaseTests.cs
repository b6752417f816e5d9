using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Tests.Database;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void SecondOwnerOfTheDirectory_IsRefused_UntilTheFirstLeaves()
    {
        using (SqliteDatabase.Open(_directory.Database))
        {
            var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteDatabase.Open(_directory.Database));
            Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
        }

        SqliteDatabase.Open(_directory.Database).Dispose();
    }

    [Fact]
    public void PathBelowAFile_IsRefused_WithAReason()
    {
        var file = Path.Combine(_directory.Root, "file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteDatabase.Open(Path.Combine(file, "data", "runnel.db")));

        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LockThatCannotBeOpened_IsRefused_WithoutBlamingAnotherProcess()
    {
        var path = Path.Combine(_directory.Root, "lock");
        File.CreateSymbolicLink(path, path);

        var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteDatabase.Open(_directory.Database));

        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefused_AndLeftAsItIs()
    {
        var text = string.Concat(Enumerable.Repeat("This is not a database. ", 1000));
        File.WriteAllText(_directory.Database, text);

        var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteDatabase.Open(_directory.Database));

        Assert.Contains("cannot be opened", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_directory.Database));
        Assert.Throws<StoreUnavailableException>(() => SqliteDatabase.Open(_directory.Database));
    }

    [Fact]
    public void Connections_AreReadyToUse_WhoeverTakesThem()
    {
        using var database = SqliteDatabase.Open(_directory.Database);
        foreach (var connection in new[] { database.Connect(), database.ConnectUnpooled() })
        {
            using (connection)
            {
                Assert.Equal(2, OpenedStore.Scalar(connection, "pragma synchronous"));
                Assert.Equal(1, OpenedStore.Scalar(connection, "pragma secure_delete"));
                Assert.Equal(1, OpenedStore.Scalar(connection, "pragma foreign_keys"));
                Assert.Equal(1, OpenedStore.Scalar(connection, "select journal_mode = 'wal' from pragma_journal_mode"));
            }
        }
    }

    [Fact]
    public void ClosingAnUnpooledConnection_RollsBackWhatIsOpenOnIt()
    {
        using var database = SqliteDatabase.Open(_directory.Database);
        var first = database.ConnectUnpooled();
        OpenedStore.Scalar(first, "create table notes (text)");
        OpenedStore.Scalar(first, "begin immediate");
        OpenedStore.Scalar(first, "insert into notes values ('x')");
        first.Dispose();

        using var second = database.ConnectUnpooled();
        OpenedStore.Scalar(second, "begin immediate");
        Assert.Equal(0, OpenedStore.Scalar(second, "select count(*) from notes"));
    }
}
