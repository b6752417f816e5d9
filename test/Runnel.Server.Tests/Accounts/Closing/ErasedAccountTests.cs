using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams;

namespace Runnel.Server.Tests.Accounts.Closing;

public class ErasedAccountTests
{
    private const string Email = "do-not-keep-this-address@example.org";

    [Fact]
    public async Task AddressOfAnAccount_IsInNoFile_ThoughTheLogErasedTheTextOfItsConversationsBefore()
    {
        await using var server = await RunnelServer.StartAsync(EraseAfterEveryDeletion);
        using var anna = await SignedInClient.RegisterAsync(server, Email);
        await new Speaker(anna.Client).SayAsync("hello");
        Assert.True(DatabaseFiles.Contain(server.DataDirectory, Email));

        using var answer = await anna.DeleteAsync("/api/v1/auth/me", new { password = SignedInClient.Password });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await DatabaseFiles.UntilErasedAsync(server.DataDirectory, Email);
    }

    private static void EraseAfterEveryDeletion(WebApplicationBuilder builder)
    {
        var real = builder.Services.Last(service => service.ServiceType == typeof(IEventStreams)).ImplementationType!;
        var directory = builder.Configuration["Data:Directory"]!;
        builder.Services.AddSingleton(real);
        builder.Services.AddSingleton<IEventStreams>(
            provider => new ErasingStreams((IEventStreams)provider.GetRequiredService(real), directory));
    }
}
