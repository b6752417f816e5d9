using Microsoft.Extensions.AI;

namespace Runnel.Server.Turns.Context;

/// <summary>What a model is asked.</summary>
/// <param name="Messages">Who it is, if anybody in particular, then the branch, then the message that is to be answered.</param>
/// <param name="Options">How it is to answer; null for its own way.</param>
internal sealed record ModelRequest(List<ChatMessage> Messages, ChatOptions? Options);
