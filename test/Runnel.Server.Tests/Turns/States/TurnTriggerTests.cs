using Microsoft.Data.Sqlite;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.States;

/// <summary>The table holds to the life of a turn by itself, whoever writes to it.</summary>
public sealed class TurnTriggerTests : IAsyncLifetime
{
    private static readonly string[] States =
        ["queued", "running", "complete", "stopped", "failed", "interrupted", "withdrawn"];

    private static readonly HashSet<(string, string)> Moves =
    [
        ("queued", "running"), ("queued", "stopped"), ("running", "complete"), ("running", "stopped"), ("running", "failed"),
        ("running", "interrupted"), ("running", "withdrawn"),
    ];

    private RunnelServer _server = null!;
    private SqliteConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunnelServer.StartAsync();
        _connection = new SqliteConnection($"Data Source={Path.Combine(_server.DataDirectory, "runnel.db")};Foreign Keys=false");
        _connection.Open();
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void OnlyTheMovesOfALife_AreTaken()
    {
        foreach (var (from, to) in States.SelectMany(from => States.Select(to => (from, to))).Where(move => move.from != move.to))
        {
            Insert(from);

            var refusal = Record.Exception(() => Execute($"update turns set status = '{to}'"));

            Assert.True(Moves.Contains((from, to)) == refusal is null, $"{from} to {to}: {refusal?.Message ?? "taken"}");
            if (refusal is not null)
                Assert.Contains("A turn does not move like this.", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnEnd_IsTakenOnce()
    {
        Insert("running");
        Execute("update turns set status = 'complete', ended_at_event = 7");

        var refusal = Assert.Throws<SqliteException>(() => Execute("update turns set ended_at_event = 8"));

        Assert.Contains("A turn ends once.", refusal.Message, StringComparison.Ordinal);
    }

    private void Insert(string status) => Execute($"""
        delete from turns;
        insert into turns (turn_id, thread_id, owner_id, user_message_id, message_id, model, status, started_after,
          owner_started_after, created_at)
        values ('t', 'c', 'o', 'u', 'm', 'x', '{status}', 0, 0, '2026-01-01T00:00:00.000Z')
        """);

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
