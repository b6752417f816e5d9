using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Runnel.Providers.Pacing;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// Streams answers of any OpenAI-compatible server: OpenAI, Azure OpenAI v1, DeepSeek, Qwen, OpenRouter, vLLM, Ollama,
/// LM Studio, llama.cpp. Thread-safe.
/// </summary>
/// <param name="http">
/// Its owner sets <see cref="HttpClient.Timeout"/> to infinite, since that limit cuts healthy streams, and keeps it
/// from following redirects; <see cref="UpstreamHttp.Create"/> does both. It is not disposed by this client.
/// </param>
/// <param name="endpoint">Which server and model.</param>
/// <param name="time">Clock of <c>Retry-After</c> dates; null: the system's.</param>
/// <param name="pace">How often answers are read when there are very many; null: each as soon as something comes.</param>
/// <remarks>
/// Every failure is a <see cref="ProviderException"/>. Updates carry text, reasoning or both, never nothing; the last
/// one carries finish reason and, when reported, usage. What came in one read of the network is one update, so whoever is
/// behind catches up with few. Cancelling, or disposing the enumerator early, closes the connection.
/// </remarks>
public sealed class OpenAIChatClient(
    HttpClient http, OpenAIEndpoint endpoint, TimeProvider? time = null, ReadPace? pace = null) : IChatClient
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly UpstreamFaults _faults = new(endpoint, time ?? TimeProvider.System);
    private readonly ChatClientMetadata _metadata = new("openai", endpoint.BaseUrl, endpoint.Model);

    /// <summary>The whole answer at once; it is streamed and collected.</summary>
    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>The answer while it is written.</summary>
    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var response = await AskAsync(messages, options, cancellationToken);
        var isEventStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var answer = new AnswerStream(body, isEventStream, _faults, _time);
        using var paced = pace?.Enter();
        while (await FillAsync(answer, paced, cancellationToken))
        {
            while (answer.TryRead(out var update))
            {
                paced?.HasRead();
                yield return update;
            }
        }

        yield return answer.Finish();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: the HTTP client belongs to its owner.</summary>
    public void Dispose()
    {
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> FillAsync(
        AnswerStream answer, PacedAnswer? paced, CancellationToken cancellationToken)
    {
        if (paced is not null) await paced.WaitAsync(cancellationToken);
        return await answer.FillAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> AskAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var request = NewRequest(ChatRequestWriter.Write(endpoint, messages, options));
        var response = await SendAsync(request, cancellationToken);
        try
        {
            await CheckAsync(response, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _faults.Unreachable(fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Without a limit on the whole request, what timed out is the connect.
            var isConnect = http.Timeout == Timeout.InfiniteTimeSpan;
            throw isConnect ? _faults.Unreachable(fault) : _faults.TimedOut(fault);
        }
    }

    private async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var said = await ErrorBody.ReadAsync(response, _time, cancellationToken);
            throw _faults.Refused(response, said);
        }

        if (response.RequestMessage?.RequestUri is { } answered && answered.Authority != endpoint.BaseUrl.Authority)
            throw _faults.Redirected(null);
        if (response.Content.Headers.ContentType?.MediaType is "text/html") throw _faults.NotAModel();
    }

    private HttpRequestMessage NewRequest(ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.ChatCompletions)
        {
            Content = content,
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream, application/json");
        if (endpoint.ApiKey.Length == 0) return request;
        if (endpoint.UsesApiKeyHeader) request.Headers.TryAddWithoutValidation("api-key", endpoint.ApiKey);
        else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiKey);
        return request;
    }
}
