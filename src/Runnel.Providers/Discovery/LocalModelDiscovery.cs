using System.Text.Json;

namespace Runnel.Providers.Discovery;

/// <summary>Looks for a model server on this machine. Thread-safe.</summary>
/// <param name="http">Any client; not disposed here.</param>
/// <param name="candidates">
/// Where to look, in order of preference; null: <see cref="LocalModelCandidate.Defaults"/>.
/// </param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class LocalModelDiscovery(
    HttpClient http, IReadOnlyList<LocalModelCandidate>? candidates = null, TimeProvider? time = null)
{
    private const int LongestList = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Asks one candidate after the other, each for at most 500 ms, and returns the first that lists a model which can
    /// chat; null when there is none. A dead or strange server is passed over.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<LocalModelServer?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates ?? LocalModelCandidate.Defaults)
        {
            var model = await AskAsync(candidate.BaseUrl, cancellationToken);
            if (model is not null) return new LocalModelServer(candidate.Name, candidate.BaseUrl, model);
        }

        return null;
    }

    private async Task<string?> AskAsync(Uri baseUrl, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var address = new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/models");
            using var response = await http.GetAsync(
                address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode) return null;
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var bytes = new byte[LongestList];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, either.Token);
            using var list = JsonDocument.Parse(bytes.AsMemory(0, length));
            return FirstChatModel(list.RootElement);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException
            or InvalidOperationException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static string? FirstChatModel(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Object || !list.TryGetProperty("data", out var models)) return null;
        if (models.ValueKind != JsonValueKind.Array) return null;
        foreach (var model in models.EnumerateArray())
        {
            if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("id", out var id)) continue;
            if (id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 } name) continue;
            if (!name.Contains("embed", StringComparison.OrdinalIgnoreCase)) return name;
        }

        return null;
    }
}
