using System.Text.Json;
using Runnel.Server.Conversations.Events;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Conversations.Following;

/// <summary>The state of a conversation's stream, or of a user's: which turns run, and the text that each has so far.</summary>
internal sealed class ConversationView : IStreamView
{
    private readonly Dictionary<string, RunningTurn> _running = [];
    private ReadOnlyMemory<byte> _lastData;
    private RunningTurn? _lastTurn;

    public RunningTurn? Find(string? turnId) => turnId is null ? null : _running.GetValueOrDefault(turnId);

    public void Apply(LogEntry entry)
    {
        if (entry.Event is not { } next)
            return;
        if (next.IsDelta)
            TurnOf(next)?.Add(next);
        else if (next.Name is EventNames.Start)
            Start(JsonSerializer.Deserialize(next.Data.Span, EventsJson.Wire.AiResponseStart)!, next.Number);
        else if (next.Name is EventNames.Reset)
            Reset(JsonSerializer.Deserialize(next.Data.Span, EventsJson.Wire.AiResponseReset)!, next.Number);
        else if (ConversationEvents.EndedTurn(next) is { } ended)
            End(ended);
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("running");
        foreach (var turn in _running.Values)
            turn.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteStartArray("queued");
        writer.WriteEndArray();
    }

    private void Start(AiResponseStart start, long number)
    {
        _running[start.TurnId] = new RunningTurn(start, number);
        _lastTurn = null;
    }

    private void Reset(AiResponseReset reset, long number) => Find(reset.TurnId)?.Reset(number);

    private void End(string turnId)
    {
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
