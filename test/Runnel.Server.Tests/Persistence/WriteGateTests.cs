using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Sqlite.Database;
using SQLitePCL;

namespace Runnel.Server.Tests.Persistence;

public class WriteGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Every way in which EF writes, by name.</summary>
    private static readonly Dictionary<string, Func<RunnelDbContext, CancellationToken, Task>> Writes = new()
    {
        ["save"] = async (context, token) =>
        {
            context.Add(NewUser());
            await context.SaveChangesAsync(token);
        },
        ["update"] = (context, token) =>
            context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.PhoneNumber, "1"), token),
        ["delete"] = (context, token) =>
            context.Users.Where(user => user.Id == "nobody").ExecuteDeleteAsync(token),
        ["transaction"] = async (context, token) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            context.Add(NewUser());
            await context.SaveChangesAsync(token);
            await context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.PhoneNumber, "2"), token);
            await transaction.CommitAsync(token);
        },
        ["abandoned"] = async (context, token) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            context.Add(NewUser());
            await context.SaveChangesAsync(token);
        },
        ["left open"] = async (context, token) =>
        {
            // The context is disposed by its scope, with the transaction in it.
            await context.Database.BeginTransactionAsync(token);
            context.Add(NewUser());
            await context.SaveChangesAsync(token);
        },
    };

    public static TheoryData<string> WriteNames => [.. Writes.Keys];

    [Fact]
    public async Task Writers_NeverMeetABusyDatabase_WhenTwentyOfThemAndARawOneWriteAtOnce()
    {
        await using var server = await RunnelServer.StartAsync("Database:Durability=Normal");
        var kinds = Writes.Values.ToList();
        var token = TestContext.Current.CancellationToken;

        var writers = Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
                await InScopeAsync(server, kinds[(number + round) % kinds.Count], token);
        }, token));
        var raw = Task.Run(() => WriteRaw(server, rounds: 200), token);
        await Task.WhenAll([.. writers, raw]).WaitAsync(Patience, token);

        await AssertGateIsFreeAsync(server);
    }

    [Theory]
    [MemberData(nameof(WriteNames))]
    public async Task Write_WaitsAtTheGate_AndLeavesNothingBehind_WhenItIsCancelledThere(string kind)
    {
        await using var server = await RunnelServer.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using (await GateOf(server).EnterAsync(TestContext.Current.CancellationToken))
        {
            var write = InScopeAsync(server, Writes[kind], cancellation.Token);
            Assert.False(write.IsCompleted);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        }

        await AssertGateIsFreeAsync(server);
        await InScopeAsync(server, async (context, token) => Assert.False(await context.Users.AnyAsync(token)),
            TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(WriteNames))]
    public async Task Write_GivesItsPassBack_WhenItIsDone(string kind)
    {
        await using var server = await RunnelServer.StartAsync();

        await InScopeAsync(server, Writes[kind], TestContext.Current.CancellationToken);

        await AssertGateIsFreeAsync(server);
    }

    [Fact]
    public async Task Save_GivesItsPassBack_WhenTheDatabaseRefusesTheRow()
    {
        await using var server = await RunnelServer.StartAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => InScopeAsync(server, async (context, token) =>
        {
            context.AddRange(NewUser("SAME"), NewUser("SAME"));
            await context.SaveChangesAsync(token);
        }, TestContext.Current.CancellationToken));

        await AssertGateIsFreeAsync(server);
    }

    [Fact]
    public async Task Command_GivesItsPassBack_WhenItFails()
    {
        await using var server = await RunnelServer.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => InScopeAsync(server, (context, token) =>
            context.Database.ExecuteSqlAsync($"delete from no_such_table", token),
            TestContext.Current.CancellationToken));

        await AssertGateIsFreeAsync(server);
    }

    [Fact]
    public async Task Transaction_GivesItsPassBack_WhenItCannotBegin()
    {
        await using var server = await RunnelServer.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => InScopeAsync(server, async (context, token) =>
        {
            await context.Database.OpenConnectionAsync(token);
            using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "begin";
            await command.ExecuteNonQueryAsync(token);
            await context.Database.BeginTransactionAsync(token);
        }, TestContext.Current.CancellationToken));

        await AssertGateIsFreeAsync(server);
    }

    private static void WriteRaw(RunnelServer server, int rounds)
    {
        // Straight at the C library, which does not wait: anybody who writes beside the gate makes this fail.
        using var connection = server.Services.GetRequiredService<SqliteDatabase>().Connect();
        for (var round = 0; round < rounds; round++)
        {
            using var pass = GateOf(server).Enter();
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection.Handle!, "begin immediate"));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection.Handle!, "update users set phone_number = '3'"));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection.Handle!, "commit"));
        }
    }

    private static async Task InScopeAsync(
        RunnelServer server, Func<RunnelDbContext, CancellationToken, Task> write, CancellationToken token)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await write(scope.ServiceProvider.GetRequiredService<RunnelDbContext>(), token);
    }

    private static async Task AssertGateIsFreeAsync(RunnelServer server)
    {
        using var pass = await GateOf(server).EnterAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
    }

    private static WriteGate GateOf(RunnelServer server) =>
        server.Services.GetRequiredService<SqliteDatabase>().WriteGate;

    private static Account NewUser(string? name = null) =>
        new() { NormalizedUserName = name ?? Guid.NewGuid().ToString() };
}
