using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts.Guarding;

public class HashingPlacesTests
{
    private static readonly int Places = Math.Max(1, Environment.ProcessorCount / 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("register")]
    [InlineData("login")]
    public async Task Flood_OfSignIns_HashesInHalfOfTheProcessorsAtOnce_AndOthersAreServedMeanwhile(string path)
    {
        using var hasher = new HeldHasher();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<IPasswordHasher<Account>>(hasher), "Limits:FailedLoginsPerMinute=1000");
        using var user = await server.NewUserAsync();
        hasher.Hold();
        var flood = Enumerable.Range(0, Places * 8).Select(number => server.Client.PostAsJsonAsync(
            "/api/v1/auth/" + path, new { email = $"{number}@example.org", password = "12345678" }, Token)).ToList();
        await hasher.UntilBusyAsync(Places);

        for (var round = 0; round < 20; round++)
        {
            using var answer = await user.GetAsync(new Uri("/api/v1/conversations", UriKind.Relative), Token);
            Assert.True(answer.IsSuccessStatusCode);
        }

        hasher.LetGo();
        foreach (var answer in await Task.WhenAll(flood))
            Assert.Equal(path == "register" ? 200 : 401, (int)answer.StatusCode);
        Assert.Equal(Places, hasher.MostAtOnce);
    }
}
