using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Accepting;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Turns.Running;

/// <summary>Everybody's turns commit one after the other: a statement that reads a table whole would make each of them slower with
/// every message that anybody ever wrote.</summary>
public class StatementPlanTests
{
    private static readonly Turn ATurn =
        new("turn", "thread", "owner", "question", "answer", new ConfiguredModel("m", ModelKind.Scripted, "m", null!));

    [Fact]
    public async Task StatementsOfATurn_FindTheirRowsByAnIndex()
    {
        await using var server = await RunnelServer.StartAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var connection = (SqliteConnection)database.GetDbConnection();

        var statements = Statements().ToList();

        Assert.True(statements.Count > 12);
        Assert.All(statements, statement => Assert.DoesNotContain("SCAN", Plan(connection, statement), StringComparison.Ordinal));
    }

    private static IEnumerable<Participant> Statements()
    {
        var now = DateTimeOffset.UnixEpoch;
        var outcome = new TurnOutcome(TurnState.Complete, "", "", new Usage(0, 0, Estimated: false));
        var queue = new QueueState(new Conversation { ThreadId = "thread", OwnerId = "owner", Title = "", TitledBy = "nobody" }, null, []);
        return
        [
            .. BeginRows.Of(ATurn, new NewTurn("owner", "thread", TurnOpening.Message("hi")), TurnPlace.Free, 8, now),
            .. TurnRows.Start(ATurn, now),
            .. TurnRows.End(ATurn, outcome, now),
            .. AttemptRows.Start(ATurn, "m"),
            .. AttemptRows.Reset(ATurn),
            TurnState.Begin(ATurn.TurnId),
            TurnState.RequestEnd(ATurn.TurnId, TurnState.Stopped),
            QueueRows.Change(queue),
            OwnerStreamRow.Drop("owner", now),
        ];
    }

    private static string Plan(SqliteConnection connection, Participant statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the server's own statements come here.
        command.CommandText = "explain query plan " + statement.Sql;
#pragma warning restore CA2100
        foreach (var name in statement.Parameters.Keys)
            command.Parameters.AddWithValue("@" + name, DBNull.Value);
        using var rows = command.ExecuteReader();
        var steps = new List<string> { statement.Sql };
        while (rows.Read())
            steps.Add(rows.GetString(3));
        return string.Join('\n', steps).Replace("SCAN CONSTANT ROW", "", StringComparison.Ordinal);
    }
}
