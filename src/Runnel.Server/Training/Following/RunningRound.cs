using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Runnel.Server.Training.Following;

/// <summary>A round as its events have shown it so far.</summary>
internal sealed class RunningRound(long digitalHumanId, string roundId)
{
    private readonly ArrayBufferWriter<byte> _question = new();
    private string? _messageId;

    /// <summary>The step that began last; null before the first.</summary>
    public string? Step { get; private set; }

    /// <summary>Whether that step has completed.</summary>
    public bool IsStepComplete { get; private set; }

    /// <summary>What was streamed of the question, and not withdrawn.</summary>
    public string Question => Encoding.UTF8.GetString(_question.WrittenSpan);

    public void Begin(string? step) => (Step, IsStepComplete) = (step, false);

    public void Complete(string? step) => (Step, IsStepComplete) = (step, true);

    public void Say(string? messageId) => _messageId = messageId;

    public void Add(ReadOnlySpan<byte> text) => _question.Write(text);

    public void Reset() => _question.ResetWrittenCount();

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("digital_human_id", digitalHumanId);
        writer.WriteString("round_id", roundId);
        writer.WriteString("message_id", _messageId);
        writer.WriteString("step", Step);
        writer.WriteString("question", _question.WrittenSpan);
        writer.WriteEndObject();
    }
}
