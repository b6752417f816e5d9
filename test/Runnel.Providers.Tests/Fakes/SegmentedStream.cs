namespace Runnel.Providers.Tests.Fakes;

/// <summary>Gives one segment a read, each only after a true wait, as a network does; then ends, or breaks.</summary>
internal sealed class SegmentedStream(IReadOnlyList<byte[]> segments, Exception? breakWith = null) : Stream
{
    private int _segment;
    private int _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        while (_segment < segments.Count && _offset == segments[_segment].Length)
        {
            _segment++;
            _offset = 0;
        }

        if (_segment == segments.Count) return breakWith is null ? 0 : throw breakWith;
        var count = Math.Min(buffer.Length, segments[_segment].Length - _offset);
        segments[_segment].AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
