using System.Text;
using Microsoft.Extensions.AI;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Models;

namespace Runnel.Server.Answering;

/// <summary>An answer as a model has given it so far. What is new is taken off piece by piece, in whole characters.</summary>
internal sealed class Answer
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<Piece> _new = [];
    private readonly StringBuilder _piece = new();
    private bool _pieceIsReasoning;
    private string _finishReason = "stop";
    private char? _half;
    private UsageDetails? _usage;
    private Usage _withdrawn = new(0, 0, Estimated: false);

    public string Content => _content.ToString();

    public string Reasoning => _reasoning.ToString();

    /// <summary>What the model says it ended with; <c>stop</c> when it does not say; <c>length</c> when there was more of it.</summary>
    public string FinishReason => IsTooLong ? "length" : _finishReason;

    /// <summary>Whether there is anything of it, text or reasoning, seen by anybody or not.</summary>
    public bool HasText => _content.Length + _reasoning.Length + _piece.Length + _new.Count > 0 || _half is not null;

    /// <summary>How much came that was not taken yet.</summary>
    public int NewCharacters { get; private set; }

    /// <summary>The text and reasoning that are held, in characters.</summary>
    public int Characters { get; private set; }

    /// <summary>Whether there was more of it than is held.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Takes an update in.</summary>
    /// <param name="update">What the model yielded.</param>
    /// <param name="limit">The most characters that are held; what is over is dropped.</param>
    public void Add(ChatResponseUpdate update, int limit = int.MaxValue)
    {
        // By index: to enumerate an interface costs an object for every update.
        for (var i = 0; i < update.Contents.Count; i++)
        {
            var content = update.Contents[i];
            if (content is TextReasoningContent reasoning)
                Add(Within(limit, reasoning.Text), isReasoning: true);
            else if (content is TextContent text)
                Add(Within(limit, text.Text), isReasoning: false);
            else if (content is UsageContent usage)
                _usage = usage.Details;
        }

        if (update.FinishReason is { } reason)
            _finishReason = reason.Value;
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

    /// <summary>What it took, with what was withdrawn: each count as reported, else estimated.</summary>
    /// <param name="promptTokens">What the model was given, estimated.</param>
    public Usage Usage(long promptTokens)
    {
        var (input, output) = (_usage?.InputTokenCount, _usage?.OutputTokenCount);
        return new Usage(
            _withdrawn.InputTokens + (input ?? promptTokens),
            _withdrawn.OutputTokens + (output ?? TokenEstimate.Of(_content) + TokenEstimate.Of(_reasoning)),
            _withdrawn.Estimated || input is null || output is null);
    }

    /// <summary>The attempt did not come to an end: its text is gone, what it took is not.</summary>
    public void Withdraw(long promptTokens)
    {
        TakeNew(isEnd: true);
        _withdrawn = Usage(promptTokens);
        _usage = null;
        Characters = 0;
        _content.Clear();
        _reasoning.Clear();
        (_finishReason, IsTooLong) = ("stop", false);
    }

    /// <summary>As much of a text as there is room for, in whole characters.</summary>
    private string? Within(int limit, string? text)
    {
        var room = limit - Characters;
        if (text is null || text.Length <= room)
            return text;
        IsTooLong = true;
        return room > 0 && char.IsHighSurrogate(text[room - 1]) ? text[..(room - 1)] : text[..room];
    }

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
        Characters += text.Length;
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
