namespace Runnel.Streams.Postgres.Tests.Log;

/// <summary>A value whose bytes end in a fault after some were taken.</summary>
internal sealed class BreakingStream() : MemoryStream(new byte[64 * 1024])
{
    public override int Read(byte[] buffer, int offset, int count) => Position < 32 * 1024
        ? base.Read(buffer, offset, Math.Min(count, 8 * 1024))
        : throw new InvalidOperationException("The source is gone.");

    public override int Read(Span<byte> buffer) => Position < 32 * 1024
        ? base.Read(buffer[..Math.Min(buffer.Length, 8 * 1024)])
        : throw new InvalidOperationException("The source is gone.");
}
