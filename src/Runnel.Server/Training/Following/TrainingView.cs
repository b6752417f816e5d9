using System.Text.Json;
using Runnel.Server.Training.Events;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Training.Following;

/// <summary>The state of a training stream: which rounds run, how far they are, and which wait.</summary>
internal sealed class TrainingView : IStreamView
{
    private readonly Dictionary<string, RunningRound> _running = [];
    private readonly Dictionary<string, TrainingQueued> _queued = [];
    private ReadOnlyMemory<byte> _lastData;
    private RunningRound? _lastRound;

    public RunningRound? Find(string roundId) => _running.GetValueOrDefault(roundId);

    public void Apply(LogEntry entry)
    {
        if (entry.Event is not { } next)
            return;
        switch (next.Name)
        {
            case TrainingEventNames.Chunk when next.IsDelta:
                RoundOf(next)?.Add(next.Text.Span);
                break;
            case TrainingEventNames.Chunk:
                Apply(JsonSerializer.Deserialize(next.Data.Span, TrainingJson.Wire.TrainingChunk)!);
                break;
            case TrainingEventNames.Queued:
                Queue(JsonSerializer.Deserialize(next.Data.Span, TrainingJson.Wire.TrainingQueued)!);
                break;
            case TrainingEventNames.Start:
                Start(JsonSerializer.Deserialize(next.Data.Span, TrainingJson.Wire.TrainingStart)!);
                break;
            case TrainingEventNames.Complete or TrainingEventNames.Error:
                End(TrainingEvents.EndedRound(next)!);
                break;
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("running");
        foreach (var round in _running.Values)
            round.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteStartArray("queued");
        foreach (var round in _queued.Values.OrderBy(round => round.DigitalHumanId).ThenBy(round => round.Position))
            WriteTo(writer, round);
        writer.WriteEndArray();
    }

    private static void WriteTo(Utf8JsonWriter writer, TrainingQueued round)
    {
        writer.WriteStartObject();
        writer.WriteNumber("digital_human_id", round.DigitalHumanId);
        writer.WriteString("round_id", round.RoundId);
        writer.WriteNumber("position", round.Position);
        writer.WriteEndObject();
    }

    private void Apply(TrainingChunk chunk)
    {
        if (Find(chunk.RoundId) is not { } round)
            return;
        switch (chunk.Kind)
        {
            case ChunkKinds.UserMessage:
                round.Say(chunk.MessageId);
                break;
            case ChunkKinds.NodeStart:
                round.Begin(chunk.Step);
                break;
            case ChunkKinds.NodeComplete:
                round.Complete(chunk.Step);
                break;
            case ChunkKinds.QuestionReset:
                round.Reset();
                break;
        }
    }

    private void Queue(TrainingQueued queued) => _queued[queued.RoundId] = queued;

    private void Start(TrainingStart start)
    {
        _queued.Remove(start.RoundId);
        _running[start.RoundId] = new RunningRound(start.DigitalHumanId, start.RoundId);
        _lastRound = null;
    }

    private void End(string roundId)
    {
        _queued.Remove(roundId);
        _running.Remove(roundId);
        _lastRound = null;
    }

    /// <summary>Pieces of one question share their data, so that it is read once and not for every one.</summary>
    private RunningRound? RoundOf(StreamEvent delta)
    {
        if (_lastRound is null || !delta.Data.Equals(_lastData))
        {
            var chunk = JsonSerializer.Deserialize(delta.Data.Span, TrainingJson.Wire.TrainingChunk)!;
            (_lastData, _lastRound) = (delta.Data, Find(chunk.RoundId));
        }

        return _lastRound;
    }
}
