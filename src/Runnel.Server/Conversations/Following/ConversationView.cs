using System.Text.Json;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Streaming;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Conversations.Following;

/// <summary>The state of a conversation's stream, or of a user's: which turns run, with the text that each has so far, and
/// which wait.</summary>
internal sealed class ConversationView : IStreamView
{
    private readonly Ongoing<RunningTurn, TurnQueued> _turns = new(TurnOf);

    /// <summary>The number of the last event that brought a message into the history, or ended one.</summary>
    public long HistoryAt { get; private set; }

    public RunningTurn? Find(string? turnId) => _turns.Find(turnId);

    public void Apply(LogEntry entry)
    {
        if (entry.Event is not { } next)
            return;
        switch (next.Name)
        {
            case EventNames.Chunk or EventNames.ReasoningChunk:
                _turns.Of(next)?.Add(next);
                break;
            case EventNames.UserMessage:
                HistoryAt = next.Number;
                break;
            case EventNames.Queued:
                Queue(JsonSerializer.Deserialize(next.Data.Span, EventsJson.Wire.TurnQueued)!);
                break;
            case EventNames.Start:
                Start(JsonSerializer.Deserialize(next.Data.Span, EventsJson.Wire.AiResponseStart)!, next.Number);
                break;
            case EventNames.Reset:
                Reset(JsonSerializer.Deserialize(next.Data.Span, EventsJson.Wire.AiResponseReset)!, next.Number);
                break;
            case EventNames.Complete or EventNames.Error:
                End(ConversationEvents.EndedTurn(next)!, next.Number);
                break;
        }
    }

    public void WriteTo(Utf8JsonWriter writer) => _turns.WriteTo(
        writer,
        static (writer, turn) => turn.WriteTo(writer),
        static queued => queued.OrderBy(turn => turn.ThreadId, StringComparer.Ordinal).ThenBy(turn => turn.Position),
        WriteTo);

    private static void WriteTo(Utf8JsonWriter writer, TurnQueued turn)
    {
        writer.WriteStartObject();
        writer.WriteString("thread_id", turn.ThreadId);
        writer.WriteString("turn_id", turn.TurnId);
        writer.WriteNumber("position", turn.Position);
        writer.WriteEndObject();
    }

    private static string TurnOf(StreamEvent delta) =>
        JsonSerializer.Deserialize(delta.Data.Span, EventsJson.Wire.Chunk)!.TurnId;

    private void Queue(TurnQueued queued) => _turns.Queue(queued.TurnId, queued);

    private void Start(AiResponseStart start, long number)
    {
        HistoryAt = start.Attempt == 1 ? number : HistoryAt;
        _turns.Start(start.TurnId, new RunningTurn(start, number));
    }

    private void Reset(AiResponseReset reset, long number) => Find(reset.TurnId)?.Reset(number);

    private void End(string turnId, long number)
    {
        HistoryAt = number;
        _turns.End(turnId);
    }
}
