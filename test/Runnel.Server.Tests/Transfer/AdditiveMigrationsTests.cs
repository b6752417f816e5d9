using Runnel.Server.Persistence.Postgres;
using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Server.Transfer;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Tests.Transfer;

/// <summary>Servers of the version before go on while this one brings the tables up to date: whatever they read is there, and
/// whatever they write is taken.</summary>
public class AdditiveMigrationsTests
{
    /// <summary>The newest migration of the version before. What that version did not use any more may be taken off the tables
    /// once this number has moved past it.</summary>
    private const int VersionBefore = 34;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryColumnOfTheVersionBefore_IsThere_AndNoNewOneHasToBeGiven()
    {
        var text = (await SharedPostgres.SettingsAsync())[1].Split('=', 2)[1];
        await using var database = new PostgresDatabase(text, new PostgresOptions());
        await PostgresMigrations.OfLog.ApplyAsync(database, 1, Token);
        await PostgresServerDatabase.Migrations.ApplyAsync(database, VersionBefore, Token);
        var before = await ColumnsAsync(database);
        await PostgresServerDatabase.Migrations.ApplyAsync(database, Token);
        await PostgresMigrations.OfLog.ApplyAsync(database, Token);
        var now = await ColumnsAsync(database);

        var lost = before.Where(column => now.GetValueOrDefault(column.Key).Type != column.Value.Type);
        var tables = before.Keys.Select(key => key.Split('.')[0]).ToHashSet();
        var demanded = now.Where(column => !before.ContainsKey(column.Key) && column.Value.MustBeGiven
            && tables.Contains(column.Key.Split('.')[0]));
        var narrowed = now.Where(column =>
            before.TryGetValue(column.Key, out var then) && column.Value.MustBeGiven && !then.MustBeGiven);
        Assert.Empty(lost);
        Assert.Empty(demanded);
        Assert.Empty(narrowed);
        Assert.NotEqual(before.Count, now.Count);
    }

    private static async Task<Dictionary<string, (string Type, bool MustBeGiven)>> ColumnsAsync(PostgresDatabase database)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(Token);
        var columns = await TableSql.PairsAsync<string>(
            connection,
            """
            select table_name::text || '.' || column_name::text, data_type::text
              || case when is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'
                 then ' must be given' else '' end
            from information_schema.columns where table_schema = 'public'
            """,
            Token);
        return columns.ToDictionary(
            column => column.Name,
            column => (
                column.Value.Replace(" must be given", "", StringComparison.Ordinal),
                column.Value.EndsWith("given", StringComparison.Ordinal)));
    }
}
