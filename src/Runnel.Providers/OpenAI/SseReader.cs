using System.Buffers;
using System.Runtime.CompilerServices;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// Cuts a stream of server-sent events (HTML standard, 9.2.6) into the data of its events, in place in one pooled
/// buffer: no string and no copy per line. Two liberties, both seen in the wild: a field <c>error:</c> (llama.cpp)
/// and a bare line of JSON (Ollama) are taken as data. Not thread-safe.
/// </summary>
internal sealed class SseReader : IDisposable
{
    /// <summary>No event, and so no line, may be longer.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _lineStart;
    private int _scanned;
    private int _end;
    private int _dataStart;
    private int _dataLength = -1;
    private bool _dispatched;
    private bool _skipLineFeed;
    private bool _pastFirstLine;

    /// <summary>Whether the event just read calls itself an error.</summary>
    public bool IsError { get; private set; }

    /// <summary>Whether the source ended in the middle of the line just read.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Everything that is in hand and not yet read.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_lineStart, _end - _lineStart);

    /// <summary>Reads once from the source. False at its end.</summary>
    /// <exception cref="InvalidDataException">An event is longer than <see cref="MaxBytes"/>.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(Stream source, CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    /// <summary>The data of the next whole event; it is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> data)
    {
        Forget();
        while (TryReadLine(out var start, out var length))
        {
            if (length > 0) TakeField(start, length);
            else if (_dataLength >= 0) return Dispatch(out data);
            else IsError = false;
        }

        data = default;
        return false;
    }

    /// <summary>What is left when the source ended without the blank line after its last event.</summary>
    public bool TryReadRest(out ReadOnlySpan<byte> data)
    {
        Forget();
        IsCutOff = _lineStart < _end;
        if (IsCutOff) TakeField(_lineStart, _end - _lineStart);
        _lineStart = _scanned = _end;
        return Dispatch(out data);
    }

    /// <summary>Everything, for a source that turned out to be one document.</summary>
    public bool TryReadAll(out ReadOnlySpan<byte> document)
    {
        document = Unread;
        IsCutOff = true;
        _lineStart = _scanned = _end;
        return !document.IsEmpty;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _lineStart = _scanned = _end = 0;
    }

    private bool TryReadLine(out int start, out int length)
    {
        if (_skipLineFeed && _lineStart < _end)
        {
            _skipLineFeed = false;
            if (_buffer[_lineStart] == '\n') _lineStart++;
            _scanned = Math.Max(_scanned, _lineStart);
        }

        start = _lineStart;
        length = 0;
        var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'\r', (byte)'\n');
        if (found < 0)
        {
            _scanned = _end;
            return false;
        }

        length = _scanned + found - start;
        _skipLineFeed = _buffer[start + length] == '\r';
        _lineStart = _scanned = start + length + 1;
        return true;
    }

    private void TakeField(int start, int length)
    {
        var line = _buffer.AsSpan(start, length);
        if (!_pastFirstLine && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
            start += 3;
        }

        _pastFirstLine = true;
        if (line.StartsWith("data:"u8)) Append(start, line, 5);
        else if (line.StartsWith("{"u8)) Append(start, line, 0);
        else if (line.StartsWith("event:"u8)) IsError = line[6..].Trim((byte)' ').SequenceEqual("error"u8);
        else if (line.StartsWith("error:"u8))
        {
            IsError = true;
            Append(start, line, 6);
        }
    }

    private void Append(int start, ReadOnlySpan<byte> line, int name)
    {
        if (name > 0 && line.Length > name && line[name] == ' ') name++;
        var value = line[name..];
        if (_dataLength < 0)
        {
            _dataStart = start + name;
            _dataLength = value.Length;
            return;
        }

        // The lines of one event move together; there is room, since a line end lay between them.
        _buffer[_dataStart + _dataLength] = (byte)'\n';
        value.CopyTo(_buffer.AsSpan(_dataStart + _dataLength + 1));
        _dataLength += value.Length + 1;
    }

    private bool Dispatch(out ReadOnlySpan<byte> data)
    {
        _dispatched = _dataLength >= 0;
        data = _dispatched ? _buffer.AsSpan(_dataStart, _dataLength) : default;
        return _dispatched;
    }

    private void Forget()
    {
        if (!_dispatched) return;
        _dispatched = IsError = false;
        _dataLength = -1;
    }

    private void MakeRoom()
    {
        Forget();
        var keep = _dataLength >= 0 ? _dataStart : _lineStart;
        var kept = _buffer.AsSpan(keep, _end - keep);
        if (keep == 0 && _end == _buffer.Length)
        {
            if (_buffer.Length >= MaxBytes) throw new InvalidDataException("An event is too long.");
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, MaxBytes));
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else if (keep > 0)
        {
            kept.CopyTo(_buffer);
        }

        _lineStart -= keep;
        _scanned -= keep;
        _end -= keep;
        _dataStart -= keep;
    }
}
