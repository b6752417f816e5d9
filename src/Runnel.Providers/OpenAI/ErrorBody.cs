using System.Text.Json;

namespace Runnel.Providers.OpenAI;

/// <summary>Looks into the body of a refusal for its kind, for a short time and not far: it may be anything.</summary>
internal static class ErrorBody
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<ProviderError?> ReadAsync(
        HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is not true)
            return null;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var bytes = new byte[16 * 1024];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, either.Token);
            var chunk = new ChatChunk();
            ChatChunkParser.Parse(bytes.AsSpan(0, length), chunk);
            return chunk.Error;
        }
        catch (Exception fault) when (fault is JsonException or IOException or HttpRequestException
            or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
