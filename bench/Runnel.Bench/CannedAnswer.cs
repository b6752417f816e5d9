using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Runnel.Bench;

/// <summary>Answers every request with the same stream, from memory, so many frames in each read.</summary>
internal sealed class CannedAnswer(int tokens, int frames) : HttpMessageHandler
{
    public const string Token = " water";

    private const string Head =
        """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"canned","system_fingerprint":"fp_1","choices":""";
    private const string Text = $$"""[{"index":0,"delta":{"content":"{{Token}}"},"finish_reason":null}]}""";

    private readonly int _read = Data(Text).Length * frames;
    private readonly byte[] _all =
    [
        .. Enumerable.Repeat(Data(Text), tokens).SelectMany(frame => frame),
        .. Data("""[{"index":0,"delta":{},"finish_reason":"stop"}]}"""), .. "data: [DONE]\n\n"u8,
    ];

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new Reads(_all, _read));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
    }

    private static byte[] Data(string choices) => Encoding.UTF8.GetBytes($"data: {Head}{choices}\n\n");

    /// <summary>Ends a read where a frame ends, as the packets of a network mostly do.</summary>
    private sealed class Reads(byte[] all, int most) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var given = Math.Min(Math.Min(most - (_position % most), all.Length - _position), buffer.Length);
            all.AsSpan(_position, given).CopyTo(buffer);
            _position += given;
            return given;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
