using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Hosting.Start;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Models;

/// <summary>Anybody's IChatClient can answer, under the name that it is registered with.</summary>
public class RegisteredModelTests
{
    private static readonly string[] Settings = ["Models:Providers:0:Name=mine", "Models:Providers:0:Kind=Registered"];

    [Fact]
    public async Task ItsWords_AreTheAnswer()
    {
        await using var server = await StartAsync(new Own(["one ", "two"], null));
        var speaker = new Speaker(await server.NewUserAsync());
        using var stream = await speaker.SendAndFollowAsync(new { message = "go" });

        var events = await stream.ToEndAsync();

        Assert.Equal(["one two", "mine", "stop"], events[^1].Data.Texts("final_content model finish_reason"));
        Assert.Equal("registered", (await speaker.GetAsync("/api/v1/models")).Items()[0].Text("kind"));
    }

    public static TheoryData<Exception, string> Faults => new()
    {
        { new HttpRequestException("secret", null, HttpStatusCode.Unauthorized), "upstream_rejected" },
        { new IOException("secret"), "upstream_unavailable" },
        { new TaskCanceledException("secret"), "upstream_timeout" },
        { new InvalidOperationException("secret"), "internal" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WhatItThrows_IsAStableCode(Exception fault, string code)
    {
        await using var server = await StartAsync(new Own(["one"], fault));
        var speaker = new Speaker(await server.NewUserAsync());
        using var stream = await speaker.SendAndFollowAsync(new { message = "go" });

        var end = (await stream.ToEndAsync())[^1];

        Assert.Equal([code, "one"], end.Data.Texts("code partial_content"));
        Assert.DoesNotContain("secret", end.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameThatNobodyRegistered_StopsTheStart()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var server = await RunnelServer.StartAsync(Settings);
        });

        Assert.Equal(
            "Configuration: Models:Providers names \"mine\", but no IChatClient is registered under that key.",
            StartFailure.Explain(exception));
    }

    private static Task<RunnelServer> StartAsync(Own client) =>
        RunnelServer.StartAsync(builder => builder.Services.AddKeyedSingleton<IChatClient>("mine", client), Settings);

    private sealed class Own(string[] words, Exception? fault) : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var word in words)
                yield return new ChatResponseUpdate(ChatRole.Assistant, word);
            await Task.Yield();
            if (fault is not null)
                throw fault;
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
