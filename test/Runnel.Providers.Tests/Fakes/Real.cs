using Microsoft.Extensions.AI;
using Runnel.Providers.OpenAI;

namespace Runnel.Providers.Tests.Fakes;

/// <summary>The client over a real connection.</summary>
internal static class Real
{
    public static OpenAIChatClient Client(string baseUrl, TimeSpan? limit = null)
    {
        var http = UpstreamHttp.Create();
        http.Timeout = limit ?? http.Timeout;
        return new OpenAIChatClient(http, new OpenAIEndpoint(baseUrl, "key", "fake"));
    }

    /// <summary>A client whose transport never closes a connection of its own accord.</summary>
    public static OpenAIChatClient DrainingClient(string baseUrl)
    {
        var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = Timeout.InfiniteTimeSpan });
        return new OpenAIChatClient(http, new OpenAIEndpoint(baseUrl, "key", "fake"));
    }

    public static IAsyncEnumerable<ChatResponseUpdate> Ask(
        this IChatClient client, string question, CancellationToken cancellationToken) =>
        client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], null, cancellationToken);

    /// <summary>What came, up to the end or the failure.</summary>
    public static async Task<(string Text, string Reasoning, ProviderException? Failure)> HearAsync(
        this IChatClient client, string question)
    {
        var (text, reasoning) = ("", "");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var update in client.Ask(question, patience.Token))
            {
                text += update.Text;
                reasoning += string.Concat(update.Contents.OfType<TextReasoningContent>().Select(part => part.Text));
            }
        }
        catch (ProviderException failure)
        {
            return (text, reasoning, failure);
        }

        return (text, reasoning, null);
    }
}
