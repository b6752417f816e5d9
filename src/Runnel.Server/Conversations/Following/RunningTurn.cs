using System.Buffers;
using System.Text;
using System.Text.Json;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Persistence;
using Runnel.Streams.Events;

namespace Runnel.Server.Conversations.Following;

/// <summary>A turn as its events have shown it so far.</summary>
internal sealed class RunningTurn(AiResponseStart start, long number)
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private readonly ArrayBufferWriter<byte> _reasoning = new();

    public string MessageId => start.MessageId;

    public int Attempt => start.Attempt;

    /// <summary>The number of the last event of it that was not a piece of text.</summary>
    public long ChangedAt { get; private set; } = number;

    public string Content => Encoding.UTF8.GetString(_content.WrittenSpan);

    public string Reasoning => Encoding.UTF8.GetString(_reasoning.WrittenSpan);

    public void Add(StreamEvent delta) =>
        (delta.Name == EventNames.ReasoningChunk ? _reasoning : _content).Write(delta.Text.Span);

    /// <summary>What was shown is withdrawn.</summary>
    public void Reset(long number)
    {
        _content.ResetWrittenCount();
        _reasoning.ResetWrittenCount();
        ChangedAt = number;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("thread_id", start.ThreadId);
        writer.WriteString("turn_id", start.TurnId);
        writer.WriteString("message_id", start.MessageId);
        writer.WriteString("accumulated_content", _content.WrittenSpan);
        writer.WriteString("reasoning", _reasoning.WrittenSpan);
        writer.WriteString("model", start.Model);
        writer.WriteNumber("attempt", start.Attempt);
        writer.WriteString("started_at", UtcText.Write(start.StartedAt));
        writer.WriteEndObject();
    }
}
