using System.Text.Json;
using Runnel.Server.Conversations.Events;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Conversations.Following;

/// <summary>The state of a conversation's stream, or of a user's: which turns run, with the text that each has so far, and
/// which wait.</summary>
internal sealed class ConversationView : IStreamView
{
    private readonly Dictionary<string, RunningTurn> _running = [];
    private readonly Dictionary<string, TurnQueued> _queued = [];
    private ReadOnlyMemory<byte> _lastData;
    private RunningTurn? _lastTurn;

    /// <summary>The number of the last event that brought a message into the history, or ended one.</summary>
    public long HistoryAt { get; private set; }

    public RunningTurn? Find(string? turnId) => turnId is null ? null : _running.GetValueOrDefault(turnId);

    public void Apply(LogEntry entry)
    {
        if (entry.Event is not { } next)
            return;
        switch (next.Name)
        {
            case EventNames.Chunk or EventNames.ReasoningChunk:
                TurnOf(next)?.Add(next);
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

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("running");
        foreach (var turn in _running.Values)
            turn.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteStartArray("queued");
        foreach (var turn in _queued.Values.OrderBy(turn => turn.ThreadId, StringComparer.Ordinal).ThenBy(turn => turn.Position))
            WriteTo(writer, turn);
        writer.WriteEndArray();
    }

    private static void WriteTo(Utf8JsonWriter writer, TurnQueued turn)
    {
        writer.WriteStartObject();
        writer.WriteString("thread_id", turn.ThreadId);
        writer.WriteString("turn_id", turn.TurnId);
        writer.WriteNumber("position", turn.Position);
        writer.WriteEndObject();
    }

    private void Queue(TurnQueued turn) => _queued[turn.TurnId] = turn;

    private void Start(AiResponseStart start, long number)
    {
        _queued.Remove(start.TurnId);
        HistoryAt = start.Attempt == 1 ? number : HistoryAt;
        _running[start.TurnId] = new RunningTurn(start, number);
        _lastTurn = null;
    }

    private void Reset(AiResponseReset reset, long number) => Find(reset.TurnId)?.Reset(number);

    private void End(string turnId, long number)
    {
        HistoryAt = number;
        _queued.Remove(turnId);
        _running.Remove(turnId);
        _lastTurn = null;
    }

    /// <summary>Deltas of one text share their data, so that it is read once and not for every token.</summary>
    private RunningTurn? TurnOf(StreamEvent delta)
    {
        if (_lastTurn is null || !delta.Data.Equals(_lastData))
        {
            var chunk = JsonSerializer.Deserialize(delta.Data.Span, EventsJson.Wire.Chunk)!;
            (_lastData, _lastTurn) = (delta.Data, Find(chunk.TurnId));
        }

        return _lastTurn;
    }
}
