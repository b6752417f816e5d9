using Microsoft.Data.Sqlite;
using Npgsql;
using Runnel.Server.Persistence.Sqlite;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Server.Transfer;
using Runnel.Server.Transfer.Postgres;
using Runnel.Server.Transfer.Sqlite;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Transfer;

/// <summary>Every table that a migration makes is carried over, or named as one that is not.</summary>
public sealed class CarriedTablesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task EveryTable_OfEachDatabase_IsNamed_AndTheColumnsAreTheSame()
    {
        var file = Carrier.FileIn(_directory.Path);
        var shared = await SharedPostgres.SettingsAsync();
        await Carrier.WithAsync(file, database => database.MigrateAsync(Token));
        await Carrier.WithAsync(shared, database => database.MigrateAsync(Token));
        await using var sqlite = new SqliteConnection(file[1].Split('=', 2)[1] + ";Pooling=false");
        await using var postgres = new NpgsqlConnection(shared[1].Split('=', 2)[1]);
        await sqlite.OpenAsync(Token);
        await postgres.OpenAsync(Token);

        var named = CarriedTables.InOrder.Concat(CarriedTables.Left).ToList();
        Assert.Empty((await TableSql.PairsAsync<string>(
            sqlite, "select name, type from pragma_table_list where schema = 'main' and type = 'table'", Token))
            .Select(table => table.Name).Where(name => !name.StartsWith("sqlite_", StringComparison.Ordinal)).Except(named));
        Assert.Empty((await TableSql.PairsAsync<string>(
            postgres, "select table_name::text, table_type::text from information_schema.tables where table_schema = 'public'", Token))
            .Select(table => table.Name).Except(named));
        var (inSqlite, inPostgres) =
            (await SqliteCatalog.TablesAsync(sqlite, Token), await PostgresCatalog.TablesAsync(postgres, Token));
        Assert.Equal(CarriedTables.InOrder, inSqlite.Select(table => table.Name));
        Assert.Equal(inSqlite.Select(Columns), inPostgres.Select(Columns));
    }

    [Fact]
    public async Task AFileWithTablesOfAnEarlierVersion_IsTaken_AndBroughtUpToDate()
    {
        var old = Carrier.FileIn(Path.Combine(_directory.Path, "old"));
        Make(old, upTo: 33);
        var file = await Carrier.ExportAsync(old);
        var now = Carrier.FileIn(Path.Combine(_directory.Path, "new"));

        await Carrier.ImportAsync(file, now);

        await Carrier.WithAsync(now, async database => Assert.Empty(await database.MissingAsync(Token)));
        Assert.Contains("\"schema\":33", ExportText.Of(file).Lines[0], StringComparison.Ordinal);
        Assert.Equal(2, ExportText.Of(await Carrier.ExportAsync(now)).Rows()["users"].Count);
        Assert.StartsWith(
            "The tables of the file are of version 33; PostgreSQL takes 34 and later. Use the command migrate",
            await Carrier.RefusedAsync(file, await SharedPostgres.SettingsAsync()),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The tables of the database are of version", await Carrier.RefusedAsync(file, await UpToDateAsync()), StringComparison.Ordinal);
        // One that is refused is not changed either.
        Assert.StartsWith("The database has data already", await Carrier.RefusedAsync(file, old), StringComparison.Ordinal);
        await Carrier.WithAsync(old, async database => Assert.NotEmpty(await database.MissingAsync(Token)));
    }

    [Fact]
    public async Task AFileWithTheFirstTablesOfPostgres_IsTakenThere_AndBroughtUpToDate()
    {
        var old = Carrier.FileIn(_directory.Path);
        Make(old, upTo: 34);
        var now = await SharedPostgres.SettingsAsync();

        await Carrier.ImportAsync(await Carrier.ExportAsync(old), now);

        await Carrier.WithAsync(now, async database => Assert.Empty(await database.MissingAsync(Token)));
        Assert.Equal(2, ExportText.Of(await Carrier.ExportAsync(now)).Rows()["users"].Count);
    }

    private async Task<string[]> UpToDateAsync()
    {
        var settings = Carrier.FileIn(Path.Combine(_directory.Path, "made"));
        await Carrier.WithAsync(settings, database => database.MigrateAsync(Token));
        return settings;
    }

    /// <summary>Makes a database of an earlier version with two users.</summary>
    private static void Make(string[] settings, int upTo)
    {
        using var database = SqliteDatabase.Open(settings[1].Split('=', 3)[2]);
        SqliteServerDatabase.Migrations.Apply(database, upTo);
        SqliteMigrations.OfLog.Apply(database);
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            insert into users (
              id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ('anna', 0, 0, 0, 0, 0), ('otto', 0, 0, 0, 0, 0)
            """;
        command.ExecuteNonQuery();
    }

    private static string Columns(Table table) => table.Name + ": " + string.Join(
        ", ", table.Columns.Select(column => $"{column.Name} {column.Kind}").Order(StringComparer.Ordinal));
}
