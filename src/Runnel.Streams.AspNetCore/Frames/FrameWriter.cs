using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// The bytes of Server-Sent Events (WHATWG HTML, 9.2.5): <c>event</c>, <c>data</c>, and <c>id</c> last, so that a client that is
/// cut in the middle of a frame cannot take the id of an event that it did not get. Names and ids come from the server and
/// data is JSON on one line: nothing that a user wrote can break a frame.
/// </summary>
internal static class FrameWriter
{
    public static void WriteEvent(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> data)
    {
        WriteName(output, name);
        output.Write("data: "u8);
        output.Write(data);
        output.Write("\n"u8);
    }

    public static void WriteName(IBufferWriter<byte> output, string name)
    {
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(name, output);
        output.Write("\n"u8);
    }

    /// <summary>Begins the data of a delta: its object, left open after <c>"content":"</c>.</summary>
    public static void BeginDelta(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        output.Write("data: "u8);
        output.Write(data[..^1]);
        output.Write(data.Length > 2 ? ",\"content\":\""u8 : "\"content\":\""u8);
    }

    public static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            var span = output.GetSpan(Math.Min(4096, (text.Length * 6) + 12));
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, span, out var consumed, out var written);
            output.Advance(written);
            text = text[consumed..];
        }
    }

    /// <summary>Ends a frame with its id.</summary>
    public static void WriteId(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix, long number)
    {
        output.Write("id: "u8);
        output.Write(prefix);
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        output.Advance(written);
        output.Write("\n\n"u8);
    }

    /// <summary>Ends a frame that has no id, and so does not move the client's position.</summary>
    public static void WriteEnd(IBufferWriter<byte> output) => output.Write("\n"u8);

    public static void WriteRetry(IBufferWriter<byte> output, TimeSpan retry) =>
        output.Write(Encoding.UTF8.GetBytes($"retry: {(long)retry.TotalMilliseconds}\n"));
}
