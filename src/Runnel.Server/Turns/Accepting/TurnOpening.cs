namespace Runnel.Server.Turns.Accepting;

/// <summary>What begins a turn: a new message at the end of the branch, a new version of an earlier message, or another answer
/// to an earlier message.</summary>
internal sealed record TurnOpening
{
    private TurnOpening(string text) => Text = text;

    /// <summary>What the person said, now or then. It passed the rules.</summary>
    public string Text { get; }

    /// <summary>Whether the message follows the newest one of the branch that is active when it is committed.</summary>
    public bool FollowsBranch { get; private init; }

    /// <summary>The message that the new one follows, where it does not follow the branch; null for the first of all.</summary>
    public string? ParentId { get; private init; }

    /// <summary>The message that is answered anew; null where the message is new.</summary>
    public string? AnsweredId { get; private init; }

    /// <summary>A new message at the end of the branch.</summary>
    public static TurnOpening Message(string text) => new(text) { FollowsBranch = true };

    /// <summary>A new version of an earlier message, beside it.</summary>
    /// <param name="text">What it says now.</param>
    /// <param name="parentId">What the earlier message follows; null when it is the first.</param>
    public static TurnOpening Edit(string text, string? parentId) => new(text) { ParentId = parentId };

    /// <summary>Another answer to an earlier message, beside those that it has.</summary>
    /// <param name="userMessageId">That message.</param>
    /// <param name="text">What it says.</param>
    public static TurnOpening AnswerAgain(string userMessageId, string text) => new(text) { AnsweredId = userMessageId };
}
