using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Rows;

namespace Runnel.Server.Turns.Context;

/// <summary>A question and what there is of its answer, as a model is told of them.</summary>
internal readonly record struct ContextRound(ChatMessage Question, ChatMessage Answer)
{
    /// <summary>
    /// The rounds above the last message of a branch. An answer that has no whole end says so. One that failed without a word
    /// is left out, and its question with it, for that may be the very thing which no model would answer.
    /// </summary>
    public static IEnumerable<ContextRound> NewestFirst(IReadOnlyList<Message> branch)
    {
        for (var i = branch.Count - 2; i >= 0; i--)
        {
            var answer = branch[i + 1].Role == "assistant" ? branch[i + 1] : null;
            var saysNothing = answer is { Status: "failed" or "complete", Content.Length: 0 };
            if (branch[i].Role == "user" && !saysNothing)
                yield return new(new(ChatRole.User, branch[i].Content), new(ChatRole.Assistant, Text(answer)));
        }
    }

    /// <summary>Without the note a model takes half a sentence for its own style, and two questions in a row for one.</summary>
    private static string Text(Message? answer) => answer?.Status switch
    {
        "complete" => answer.Content,
        "stopped" => $"{answer.Content}\n\n[The user stopped this answer here.]".TrimStart(),
        _ => $"{answer?.Content}\n\n[This answer broke off here.]".TrimStart(),
    };
}
