using Microsoft.Extensions.AI;

namespace Runnel.Server.Answering;

/// <summary>What a model is given.</summary>
/// <param name="Messages">The last is the one to answer.</param>
/// <param name="Options">How to answer; null for the model's own ways.</param>
internal sealed record Prompt(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options = null);
