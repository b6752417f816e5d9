using System.Buffers;
using System.Text;
using System.Text.Json;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>The first event of a response: <c>connected</c>, or <c>resync</c> where the cursor could not be honoured. It carries
/// the position from which the stream goes on and the state at exactly that position.</summary>
internal static class Opening
{
    public static void Write(
        IBufferWriter<byte> output, Follower follower, EventStreamRequest request, SseOptions options)
    {
        var name = follower.Resync == ResyncReason.None ? "connected" : "resync";
        FrameWriter.WriteRetry(output, Jitter.Around(options.Retry, 0.5));
        FrameWriter.WriteEvent(output, name, Data(name, follower, request.Describe, options));
        FrameWriter.WriteId(output, Encoding.UTF8.GetBytes(follower.Position.Prefix()), follower.Number);
    }

    public static ReadOnlySpan<byte> Data(
        string name, Follower follower, Action<Utf8JsonWriter>? describe, SseOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", name);
            if (follower.Resync != ResyncReason.None)
                writer.WriteString("reason", Reason(follower.Resync));
            describe?.Invoke(writer);
            writer.WriteString("cursor", follower.Position.ToString());
            writer.WriteNumber("heartbeat_seconds", (int)options.Heartbeat.TotalSeconds);
            WriteState(writer, follower.TakeState());
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteState(Utf8JsonWriter writer, ReadOnlyMemory<byte> state)
    {
        if (state.IsEmpty)
            return;
        using var members = JsonDocument.Parse(state);
        foreach (var member in members.RootElement.EnumerateObject())
            member.WriteTo(writer);
    }

    private static string Reason(ResyncReason reason) => reason switch
    {
        ResyncReason.Retention => "retention",
        ResyncReason.Recreated => "recreated",
        ResyncReason.Ahead => "ahead",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
