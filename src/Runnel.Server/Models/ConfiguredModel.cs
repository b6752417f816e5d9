using Microsoft.Extensions.AI;

namespace Runnel.Server.Models;

/// <summary>A model that messages can be sent to.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Kind">What speaks at the other end.</param>
/// <param name="Model">What the other end calls it; it stands in events and messages.</param>
/// <param name="Client">How to ask it.</param>
internal sealed record ConfiguredModel(string Name, ModelKind Kind, string Model, IChatClient Client)
{
    /// <summary>How much of a conversation it is given, in estimated tokens.</summary>
    public int ContextTokens { get; init; } = ProviderOptions.DefaultContextTokens;

    /// <summary>Whether text that was shown may be withdrawn for another attempt.</summary>
    public bool RetriesAfterText { get; init; }

    /// <summary>The name of the model that answers in its place when it cannot; null for none.</summary>
    public string? Fallback { get; init; }
}
