using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Tests.Database;

public sealed class SqliteMigrationsTests : IDisposable
{
    private readonly DataDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteMigrations _migrations = new("log", typeof(SqliteDatabase).Assembly);

    public SqliteMigrationsTests() => _database = SqliteDatabase.Open(_directory.Database);

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Migrations_AreRecorded_AndAppliedOnce()
    {
        _migrations.Apply(_database);
        var applied = Scalar("select count(*) from migrations where component = 'log' and length(hash) = 64");
        _migrations.Apply(_database);

        Assert.Equal(1, applied);
        Assert.Equal(applied, Scalar("select count(*) from migrations"));
        Assert.Equal(3, Scalar("select count(*) from sqlite_schema where name in ('streams', 'journal', 'segments')"));
    }

    [Fact]
    public void Components_ShareADatabase_EachWithItsOwnNumbers()
    {
        Scalar("create table migrations (component text, number integer, name text, hash text, applied_at text)");
        Scalar("insert into migrations values ('server', 40, 'x', 'x', 'x')");

        _migrations.Apply(_database);

        Assert.Equal(2, Scalar("select count(*) from migrations"));
    }

    [Fact]
    public void MigrationThatChangedSince_IsRefused_AndNothingIsTouched()
    {
        _migrations.Apply(_database);
        Scalar("update migrations set hash = 'other'");

        var refusal = Assert.Throws<StoreUnavailableException>(() => _migrations.Apply(_database));

        Assert.Contains("0001_log.sql", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, Scalar("select count(*) from migrations where hash = 'other'"));
    }

    [Fact]
    public void DatabaseOfANewerVersion_IsRefused_WithAReason()
    {
        _migrations.Apply(_database);
        Scalar("insert into migrations values ('log', 99, '0099_later.sql', 'x', 'x')");

        var refusal = Assert.Throws<StoreUnavailableException>(() => _migrations.Apply(_database));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MigrationThatFails_LeavesNothingBehind()
    {
        Scalar("create table segments (theirs)");

        Assert.ThrowsAny<Exception>(() => _migrations.Apply(_database));

        Assert.Equal(0, Scalar("select count(*) from sqlite_schema where name in ('streams', 'journal')"));
        Assert.Equal(0, Scalar("select count(*) from migrations"));
    }

    private long Scalar(string sql)
    {
        using var connection = _database.Connect();
        return OpenedStore.Scalar(connection, sql);
    }
}
