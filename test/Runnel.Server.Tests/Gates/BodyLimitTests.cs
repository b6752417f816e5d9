using System.Net.Http.Headers;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class BodyLimitTests
{
    [Theory]
    [InlineData("POST", "/api/v1/conversations/send")]
    [InlineData("POST", "/api/v1/auth/logout")]
    [InlineData("GET", "/api/v1/models")]
    [InlineData("POST", "/nowhere")]
    [InlineData("GET", "/")]
    public async Task Body_ThatSaysItIsTooLarge_IsRefusedWhereverItGoes(string verb, string path)
    {
        await using var server = await RunnelServer.StartAsync("Limits:BodyBytes=1024");
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = new ByteArrayContent(new byte[1025]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(413, "body_too_large");
    }
}
