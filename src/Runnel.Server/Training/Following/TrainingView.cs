using System.Text.Json;
using Runnel.Server.Streaming;
using Runnel.Server.Training.Events;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Training.Following;

/// <summary>The state of a training stream: which rounds run, how far they are, and which wait.</summary>
internal sealed class TrainingView : IStreamView
{
    private readonly Ongoing<RunningRound, TrainingQueued> _rounds = new(TrainingEvents.RoundOf);

    public RunningRound? Find(string roundId) => _rounds.Find(roundId);

    public void Apply(LogEntry entry)
    {
        if (entry.Event is not { } next)
            return;
        switch (next.Name)
        {
            case TrainingEventNames.Chunk when next.IsDelta:
                _rounds.Of(next)?.Add(next.Text.Span);
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
                _rounds.End(TrainingEvents.EndedRound(next)!);
                break;
        }
    }

    public void WriteTo(Utf8JsonWriter writer) => _rounds.WriteTo(
        writer,
        static (writer, round) => round.WriteTo(writer),
        static queued => queued.OrderBy(round => round.DigitalHumanId).ThenBy(round => round.Position),
        WriteTo);

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

    private void Queue(TrainingQueued queued) => _rounds.Queue(queued.RoundId, queued);

    private void Start(TrainingStart start) =>
        _rounds.Start(start.RoundId, new RunningRound(start.DigitalHumanId, start.RoundId));
}
