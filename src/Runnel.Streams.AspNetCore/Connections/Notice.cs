using System.Buffers;
using System.Globalization;
using System.Text;
using Runnel.Streams.AspNetCore.Frames;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>The event before a close that is not the client's fault. It has no id: the client comes back with the one it has.</summary>
internal static class Notice
{
    public static void Write(IBufferWriter<byte> output, string name, SseOptions options)
    {
        var retry = Jitter.Around(options.Retry, 0.5);
        var milliseconds = ((long)retry.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        FrameWriter.WriteRetry(output, retry);
        FrameWriter.WriteEvent(
            output, name, Encoding.UTF8.GetBytes($$"""{"type":"{{name}}","code":"{{name}}","retry_ms":{{milliseconds}}}"""));
        FrameWriter.WriteEnd(output);
    }
}
