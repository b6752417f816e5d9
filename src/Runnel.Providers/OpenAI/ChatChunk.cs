using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// What one chunk said; one instance is filled again and again. Identity and usage stay from chunk to chunk.
/// </summary>
internal sealed class ChatChunk
{
    public string? ResponseId { get; set; }

    public string? ModelId { get; set; }

    /// <summary>The last one reported: some servers repeat a growing count in every chunk.</summary>
    public UsageDetails? Usage { get; set; }

    public string? Text { get; set; }

    public string? Reasoning { get; set; }

    public bool IsRefusal { get; set; }

    public string? FinishReason { get; set; }

    public ProviderError? Error { get; set; }

    public void Clear()
    {
        Text = Reasoning = FinishReason = null;
        IsRefusal = false;
        Error = null;
    }
}
