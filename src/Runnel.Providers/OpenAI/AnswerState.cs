using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>How far an answer has come.</summary>
internal sealed class AnswerState
{
    /// <summary>Whether any text or reasoning was seen.</summary>
    public bool HasContent { get; set; }

    /// <summary>The reason, once it was given.</summary>
    public ChatFinishReason? FinishReason { get; set; }

    /// <summary>Whether <c>[DONE]</c> was seen, after which nothing counts.</summary>
    public bool IsDone { get; set; }

    /// <summary>A finish reason or <c>[DONE]</c> makes an answer whole; the end of the connection does not.</summary>
    public bool IsWhole => IsDone || FinishReason is not null;
}
