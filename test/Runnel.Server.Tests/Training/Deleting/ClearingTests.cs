using System.Globalization;
using Microsoft.Data.Sqlite;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Training.Deleting;

namespace Runnel.Server.Tests.Training.Deleting;

public class ClearingTests
{
    private static readonly string[] Tables =
    [
        "digital_humans", "knowledge_graphs", "knowledge_nodes", "knowledge_edges", "knowledge_facts", "knowledge_sources",
        "training_rounds", "training_steps",
    ];

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatADeadProcessHadHidden_IsSeenByNobody_AndItsRestGoesAfterTheNextStart()
    {
        await using var server = await LivingServer.StartAsync();
        var (gone, kept) = (await server.Speaker.NewHumanAsync(), await server.Speaker.NewHumanAsync());
        foreach (var human in new[] { gone, kept })
        {
            await server.Speaker.TeachAsync(human, "I live in Paris. I like chess. [[step=knowledge_extraction wrong=full]]");
            await server.Speaker.TeachAsync(human, "I work at Acme.");
        }

        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        await using var rows = await OpenAsync(server);
        var left = await CountAsync(rows, kept);
        Assert.True(left[4] > 500, "There is too little to clear.");
        Assert.Equal(left, await CountAsync(rows, gone));
        // As it was after the first commit of a deletion, and a slice more.
        await ChangeAsync(rows, "update digital_humans set deleted_at = '2026-01-01T00:00:00.000Z' where id = @human", gone);
        await ChangeAsync(rows, ClearedTable.All[0].Delete.Replace("{0}", "@human", StringComparison.Ordinal), gone);
        // Its row cannot go before all has been seen that is seen while it is there.
        await ChangeAsync(
            rows, "create trigger stuck before delete on digital_humans begin select raise(abort, 'Not yet.'); end", gone);

        await server.StartAgainAsync();

        using var answer = await server.Speaker.Client.GetAsync(new Uri($"{Persona.Api}/{gone}/knowledge", UriKind.Relative), End);
        await answer.ProblemAsync(404, "digital_human_not_found");
        var own = (await server.Speaker.GetAsync($"{Persona.Api}?own=true")).Items();
        Assert.Equal([kept], own.Select(human => human.Id()));
        using var gets = await server.Speaker.Client.GetAsync(new Uri($"{Trainer.Path}?digital_human_id={gone}", UriKind.Relative), End);
        await gets.ProblemAsync(404, "digital_human_not_found");
        await ChangeAsync(rows, "drop trigger stuck", gone);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(End);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while ((await CountAsync(rows, gone)).Any(count => count > 0))
            await server.Speaker.Client.GetAsync(new Uri("/health/live", UriKind.Relative), patience.Token);
        Assert.Equal(left, await CountAsync(rows, kept));
        Assert.Contains(await server.Speaker.KnownNamesAsync(kept), name => name == "Acme");
        Assert.Equal(0, await ScalarAsync(rows, "select count(*) from pragma_foreign_key_check", 0));
    }

    [Fact]
    public async Task ASlice_TakesAsManyRowsAsItSays_OfThatDigitalHuman_AndNoneOfAnotherTable()
    {
        await using var server = await LivingServer.StartAsync();
        var (gone, kept) = (await server.Speaker.NewHumanAsync(), await server.Speaker.NewHumanAsync());
        foreach (var human in new[] { gone, kept })
            await server.Speaker.TeachAsync(human, "[[step=knowledge_extraction wrong=full]] I like chess.");
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        await using var rows = await OpenAsync(server);
        var others = await CountAsync(rows, kept);

        foreach (var table in ClearedTable.All)
        {
            var (before, deleted) = (await CountAsync(rows, gone), 0);
            while (await ChangeAsync(rows, table.Delete.Replace("{0}", "@human", StringComparison.Ordinal), gone) is > 0 and var slice)
            {
                Assert.InRange(slice, 1, table.Slice);
                deleted += slice;
            }

            var after = await CountAsync(rows, gone);
            var index = Array.IndexOf(Tables, table.Name);
            Assert.Equal((before[index], 0), (deleted, after[index]));
            Assert.Equal(before[..index], after[..index]);
        }

        Assert.Equal(others, await CountAsync(rows, kept));
    }

    private static async Task<SqliteConnection> OpenAsync(LivingServer server)
    {
        var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(End);
        await ChangeAsync(connection, "pragma foreign_keys = on", 0);
        return connection;
    }

    private static async Task<int[]> CountAsync(SqliteConnection connection, long human)
    {
        var counts = new List<int>();
        foreach (var table in Tables)
        {
            var where = table switch
            {
                "digital_humans" => "id = @human",
                "training_steps" => "round_id in (select round_id from training_rounds where digital_human_id = @human)",
                _ => "digital_human_id = @human",
            };
            counts.Add((int)await ScalarAsync(connection, $"select count(*) from {table} where {where}", human));
        }

        return [.. counts];
    }

    private static async Task<long> ScalarAsync(SqliteConnection connection, string sql, long human)
    {
        await using var command = Command(connection, sql, human);
        return Convert.ToInt64(await command.ExecuteScalarAsync(End), CultureInfo.InvariantCulture);
    }

    private static async Task<int> ChangeAsync(SqliteConnection connection, string sql, long human)
    {
        await using var command = Command(connection, sql, human);
        return await command.ExecuteNonQueryAsync(End);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, long human)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@human", human);
        return command;
    }
}
