using System.Text;
using Runnel.Server.Streaming;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Progress;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>What one round writes. While the store cannot commit, it is tried again, and the round waits, until the process
/// stops.</summary>
internal sealed class RoundLog(IEventStreams streams, Round round, TimeProvider time, CancellationToken giveUp)
{
    private readonly byte[] _question = TrainingEvents.Data(
        new TrainingChunk(round.DigitalHumanId, round.RoundId, StepNames.Question, ChunkKinds.QuestionChunk));

    public TrainingChunk Chunk(string step, string kind) => new(round.DigitalHumanId, round.RoundId, step, kind);

    /// <summary>A line of progress for people.</summary>
    public Task ThinkAsync(string step, string line) => AppendAsync(Chunk(step, ChunkKinds.Thinking) with { Content = line });

    /// <summary>What was streamed of the question does not count any more.</summary>
    public Task ResetQuestionAsync(string reason) =>
        AppendAsync(Chunk(StepNames.Question, ChunkKinds.QuestionReset) with { Reason = reason });

    /// <summary>More of the question, piece by piece.</summary>
    public Task WriteQuestionAsync(IEnumerable<string> pieces) => AppendAsync(
        [.. pieces.Select(piece => NewEvent.Delta(TrainingEventNames.Chunk, _question, Encoding.UTF8.GetBytes(piece)))], []);

    public Task<AppendReceipt> AppendAsync(params TrainingChunk[] chunks) =>
        AppendAsync([.. chunks.Select(TrainingEvents.From)], []);

    /// <summary>Events, and what commits with them.</summary>
    public Task<AppendReceipt> AppendAsync(IReadOnlyList<NewEvent> events, IReadOnlyList<Participant> rows) =>
        PatientAppend.AppendAsync(
            streams,
            new Append(TrainingStreams.Of(round.DigitalHumanId), events)
            {
                Owner = TrainingStreams.OfOwner(round.OwnerId),
                Participants = rows,
            },
            time,
            giveUp).AsTask();

    /// <summary>What the log has shown of the round so far; null when it does not run.</summary>
    public ValueTask<Shown?> ReadAsync(CancellationToken cancellationToken) => streams.ReadStateAsync(
        TrainingStreams.Of(round.DigitalHumanId),
        (_, view) => ((TrainingView)view).Find(round.RoundId) is { } running
            ? new Shown(running.Step, running.IsStepComplete, running.Question.Length > 0)
            : null,
        cancellationToken);

    /// <summary>How far a round is in the log.</summary>
    /// <param name="Step">The step that began last; null before the first.</param>
    /// <param name="IsComplete">Whether that step has completed.</param>
    /// <param name="HasQuestion">Whether something of the question was streamed, and not withdrawn.</param>
    internal sealed record Shown(string? Step, bool IsComplete, bool HasQuestion);
}
