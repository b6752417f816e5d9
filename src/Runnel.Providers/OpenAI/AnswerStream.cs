using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// One answer as updates. Fill, then read until nothing is in hand; what came in one read of the network is given out
/// without waiting, as one update. Not thread-safe.
/// </summary>
internal sealed class AnswerStream(Stream body, bool isEventStream, UpstreamFaults faults, TimeProvider time)
    : IAsyncDisposable
{
    private readonly SseReader _reader = new();
    private readonly AnswerState _state = new();
    private readonly ChatChunk _chunk = new();
    private readonly GatheredText _gathered = new();
    private ExceptionDispatchInfo? _fault;
    private UpstreamBody? _body;
    private bool _isPlain;
    private bool _isSniffed = isEventStream;
    private char? _halfOfPair;

    private UpstreamBody Body => _body ??= new UpstreamBody(body, _reader, faults, time);

    /// <summary>Waits for more. False when the answer is at its end.</summary>
    /// <exception cref="ProviderException">It cannot become whole any more.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_state.IsDone || Body.IsAtEnd) return false;
        await Body.FillAsync(_state, cancellationToken);
        if (!_isSniffed) Sniff();
        return true;
    }

    /// <summary>All visible content that is in hand, as one update.</summary>
    /// <exception cref="ProviderException">The answer cannot become whole any more; what came before that is given out
    /// first.</exception>
    public bool TryRead([NotNullWhen(true)] out ChatResponseUpdate? update)
    {
        _fault?.Throw();
        try
        {
            Gather();
        }
        catch (ProviderException fault) when (!_gathered.IsEmpty)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }

        update = _gathered.Take() is { } contents ? NewUpdate(contents) : null;
        return update is not null;
    }

    /// <summary>The last update: finish reason and, when it was reported, usage.</summary>
    public ChatResponseUpdate Finish()
    {
        if (!_state.IsWhole) throw faults.Closed();
        var last = NewUpdate([]);
        last.FinishReason = _state.FinishReason ?? ChatFinishReason.Stop;
        if (_chunk.Usage is { } usage) last.Contents.Add(new UsageContent(usage));
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_state.IsDone) await Body.AbandonAsync();
        await Body.DisposeAsync();
        _reader.Dispose();
    }

    private bool TryReadChunk(out ReadOnlySpan<byte> json)
    {
        json = default;
        if (!_isPlain && _reader.TryRead(out json)) return true;
        if (!Body.IsAtEnd) return false;
        return _isPlain ? _reader.TryReadAll(out json) : _reader.TryReadRest(out json);
    }

    /// <summary>False for half a chunk at the end of the source, which is no chunk.</summary>
    private bool TryTake(ReadOnlySpan<byte> json)
    {
        try
        {
            ChatChunkParser.Parse(json, _chunk);
            if (_chunk.Error is { } error) throw faults.Said(Explain(error, json));
            if (_reader.IsError) throw faults.Said(ChatChunkParser.ParseError(json));
        }
        catch (JsonException)
        {
            if (Body.IsAtEnd && _reader.Unread.IsEmpty && _reader.IsCutOff) return false;
            throw _reader.IsError ? faults.Said(ProviderError.Rejected) : faults.Malformed();
        }

        if (_chunk.IsRefusal) throw UpstreamFaults.ContentRefused(null);
        if (_chunk.FinishReason is { } reason) TakeReason(reason);
        return true;
    }

    private static ProviderError Explain(ProviderError error, ReadOnlySpan<byte> json) =>
        error == ProviderError.Rejected ? ChatChunkParser.ParseError(json) : error;

    private void TakeReason(string reason)
    {
        if (FinishReasons.Error(reason) is { } error)
            throw error == ProviderError.Closed ? faults.Closed() : faults.Said(error);
        _state.FinishReason ??= FinishReasons.Parse(reason);
    }

    private void Gather()
    {
        while (!_state.IsDone && TryReadChunk(out var json))
        {
            json = json.Trim(" \t\r\n"u8);
            if (json.SequenceEqual("[DONE]"u8)) _state.IsDone = true;
            else if (!json.IsEmpty && TryTake(json)) Keep();
        }
    }

    private void Keep()
    {
        if (_chunk.Reasoning is { } reasoning) _gathered.Add(reasoning, isReasoning: true);
        if (Pair(_chunk.Text) is { } text) _gathered.Add(text, isReasoning: false);
        _state.HasContent |= !_gathered.IsEmpty;
    }

    /// <summary>Holds back half of a surrogate pair until the chunk with its other half: whoever takes an update for whole text, and
    /// most encode each by itself, would lose the character.</summary>
    private string? Pair(string? text)
    {
        if (text is null) return null;
        if (_halfOfPair is { } half) text = half + text;
        _halfOfPair = char.IsHighSurrogate(text[^1]) ? text[^1] : null;
        if (_halfOfPair is not null) text = text[..^1];
        return text.Length == 0 ? null : text;
    }

    private ChatResponseUpdate NewUpdate(IList<AIContent> contents) => new()
    {
        Contents = contents,
        Role = ChatRole.Assistant,
        ResponseId = _chunk.ResponseId,
        ModelId = _chunk.ModelId,
    };

    /// <summary>
    /// Some servers answer with one plain completion although a stream was asked for, some with a page.
    /// </summary>
    private void Sniff()
    {
        var start = _reader.Unread.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return;
        if (start[0] == '<') throw faults.NotAModel();
        _isSniffed = true;
        _isPlain = start[0] == '{';
    }
}
