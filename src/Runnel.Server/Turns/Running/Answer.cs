using System.Text;
using Microsoft.Extensions.AI;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Events;

namespace Runnel.Server.Turns.Running;

/// <summary>An answer as a model has given it so far. What is new is taken off piece by piece, in whole characters.</summary>
internal sealed class Answer
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<Piece> _new = [];
    private readonly StringBuilder _piece = new();
    private bool _pieceIsReasoning;
    private char? _half;
    private UsageDetails? _usage;

    public string Content => _content.ToString();

    public string Reasoning => _reasoning.ToString();

    /// <summary>What the model says it ended with; <c>stop</c> when it does not say.</summary>
    public string FinishReason { get; private set; } = "stop";

    /// <summary>How much came that was not taken yet.</summary>
    public int NewCharacters { get; private set; }

    public void Add(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is TextReasoningContent reasoning)
                Add(reasoning.Text, isReasoning: true);
            else if (content is TextContent text)
                Add(text.Text, isReasoning: false);
            else if (content is UsageContent usage)
                _usage = usage.Details;
        }

        if (update.FinishReason is { } reason)
            FinishReason = reason.Value;
    }

    /// <summary>Takes what is new, in order.</summary>
    public List<Piece> TakeNew(bool isEnd)
    {
        if (isEnd)
            EndHalf();
        ClosePiece();
        var taken = _new.ToList();
        _new.Clear();
        NewCharacters = 0;
        return taken;
    }

    /// <summary>What it took: as reported, else estimated.</summary>
    public Usage Usage(int promptCharacters) =>
        _usage is { OutputTokenCount: { } output }
            ? new Usage(_usage.InputTokenCount ?? 0, output, Estimated: false)
            : new Usage(
                TokenEstimate.Of(promptCharacters), TokenEstimate.Of(_content) + TokenEstimate.Of(_reasoning), Estimated: true);

    private void Add(string? text, bool isReasoning)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (isReasoning != _pieceIsReasoning)
        {
            EndHalf();
            ClosePiece();
            _pieceIsReasoning = isReasoning;
        }

        // A character may come in two halves; it goes on whole.
        var joined = _half + text;
        _half = char.IsHighSurrogate(joined[^1]) ? joined[^1] : null;
        _piece.Append(Texts.Clean(_half is null ? joined : joined[..^1]));
        NewCharacters += text.Length;
    }

    /// <summary>The other half does not come any more.</summary>
    private void EndHalf()
    {
        if (_half is not null)
            _piece.Append('\uFFFD');
        _half = null;
    }

    private void ClosePiece()
    {
        if (_piece.Length == 0)
            return;
        var text = _piece.ToString();
        (_pieceIsReasoning ? _reasoning : _content).Append(text);
        _new.Add(new Piece(text, _pieceIsReasoning));
        _piece.Clear();
    }
}
