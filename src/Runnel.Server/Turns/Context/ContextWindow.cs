using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Turns.Context;

/// <summary>
/// What of a branch fits into a number of tokens: who the model is, the newest rounds, and always the message that is to be
/// answered. Nothing is cut, and user and assistant take turns.
/// </summary>
internal static class ContextWindow
{
    /// <param name="branch">The oldest first; the last is the message that is to be answered.</param>
    /// <param name="tokens">How much fits, estimated.</param>
    /// <param name="persona">Who the model is to be, and what it may know; null or empty: nobody in particular.</param>
    public static List<ChatMessage> Fit(IReadOnlyList<Message> branch, int tokens, string? persona = null)
    {
        var question = new ChatMessage(ChatRole.User, branch[^1].Content);
        List<ChatMessage> first = string.IsNullOrWhiteSpace(persona) ? [] : [new(ChatRole.System, persona)];
        return [.. first, .. History(branch, tokens - Tokens(question) - first.Sum(Tokens)), question];
    }

    private static List<ChatMessage> History(IReadOnlyList<Message> branch, long left)
    {
        var history = new List<ChatMessage>();
        foreach (var round in ContextRound.NewestFirst(branch))
        {
            left -= Tokens(round.Question) + Tokens(round.Answer);
            if (left < 0)
                break;
            history.AddRange([round.Answer, round.Question]);
        }

        history.Reverse();
        return history;
    }

    /// <summary>With what surrounds a message on its way into a model.</summary>
    private static long Tokens(ChatMessage message) => TokenEstimate.Of(message.Text) + 4;
}
