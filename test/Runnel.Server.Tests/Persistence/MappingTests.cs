using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Persistence;

public class MappingTests
{
    [Fact]
    public async Task Model_AgreesWithTheTables_ThatTheMigrationsMake()
    {
        await using var server = await RunnelServer.StartAsync();

        var differences = Differences(server, change: null);

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("alter table users drop column phone_number", "users.phone_number is missing")]
    [InlineData("drop table user_tokens", "user_tokens.value is missing")]
    [InlineData("alter table users drop column email; alter table users add column email text not null default ''",
        "users.email is not nullable")]
    public async Task Comparison_NamesTheColumn_WhenModelAndTableDisagree(string change, string difference)
    {
        await using var server = await RunnelServer.StartAsync();

        var differences = Differences(server, "drop index users_by_email; " + change);

        Assert.Contains(difference, differences);
    }

    [Theory]
    [InlineData("Full", 2)]
    [InlineData("Normal", 1)]
    public async Task Connection_SyncsAsConfigured_WhenEfOpensIt(string durability, long synchronous)
    {
        await using var server = await RunnelServer.StartAsync($"Database:Durability={durability}");
        await using var scope = server.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        await database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = "pragma synchronous";

        Assert.Equal(synchronous, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Times_SortAsText_AndComeBackInUtc()
    {
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 70, TimeSpan.FromHours(2));

        var text = UtcText.Write(time);

        Assert.Equal("2026-02-03T02:05:06.070Z", text);
        Assert.Equal(time, UtcText.Read(text));
        Assert.Equal(TimeSpan.Zero, UtcText.Read(text).Offset);
        Assert.True(string.CompareOrdinal(text, UtcText.Write(time.AddMilliseconds(30))) < 0);
    }

    private static IReadOnlyList<string> Differences(RunnelServer server, string? change)
    {
        using var scope = server.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Model;
        using var connection = server.Services.GetRequiredService<SqliteDatabase>().Connect();
        Change(connection, change);
        return ModelComparison.Differences(model, connection);
    }

    private static void Change(SqliteConnection connection, string? sql)
    {
        if (sql is null)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
