using System.ClientModel;
using System.Runtime.CompilerServices;
using OpenAI;
using OpenAI.Chat;

namespace Runnel.Bench;

/// <summary>A peer: what one writes in an hour with ASP.NET Core, OpenAI's own client and the framework's Server-Sent Events. It
/// stores nothing and resumes nothing.</summary>
internal static class RelayBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var upstream = new Uri(builder.Configuration["upstream"] ?? "http://127.0.0.1:9100/v1");
        var client = new ChatClient("fake", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = upstream });
        var app = builder.Build();
        app.MapPost("/chat", (Question question, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(AnswerAsync(client, question.Message, cancellationToken), "chunk"));
        await app.RunAsync();
        return 0;
    }

    private static async IAsyncEnumerable<Chunk> AnswerAsync(
        ChatClient client, string message, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = client.CompleteChatStreamingAsync([new UserChatMessage(message)], cancellationToken: cancellationToken);
        await foreach (var update in answer)
        {
            foreach (var part in update.ContentUpdate)
                yield return new Chunk(part.Text);
        }
    }

    internal sealed record Question(string Message);

    internal sealed record Chunk(string Content);
}
