using System.Buffers;

namespace Runnel.Server.Transfer.Files;

/// <summary>Reads lines of any length up to a limit. A line that was read is good until the next one.</summary>
internal sealed class LineReader(Stream input) : IDisposable
{
    private const int Least = 256 * 1024;
    private const int MaxBytes = 512 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Least);
    private int _start;
    private int _end;

    /// <summary>The next line with its end; null when nothing is left.</summary>
    /// <exception cref="FormatException">What is left has no end of a line.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        for (var searched = 0; ;)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + at + 1);
                _start += line.Length;
                return line;
            }

            searched = _end - _start;
            MakeRoom();
            var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                return searched == 0 ? null : throw new FormatException("It ends in the middle of a line.");
            _end += read;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void MakeRoom()
    {
        var kept = _end - _start;
        if (kept >= MaxBytes)
            throw new FormatException("A line does not end.");
        if (kept > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan(_start, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        (_start, _end) = (0, kept);
    }
}
