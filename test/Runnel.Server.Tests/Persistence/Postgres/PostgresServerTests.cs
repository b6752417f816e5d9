using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Persistence.Postgres;

public class PostgresServerTests
{
    [Fact]
    public async Task Answer_IsStreamedAndKept_WhenTheDatabaseIsPostgres()
    {
        await using var server = await RunnelServer.StartAsync(await SharedPostgres.SettingsAsync());
        using var client = await server.NewUserAsync();
        using var answer = await client.PostAsJsonAsync("/api/v1/conversations/send", new { message = "hello" }, TestContext.Current.CancellationToken);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
