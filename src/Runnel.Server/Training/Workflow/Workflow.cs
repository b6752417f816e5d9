using Runnel.Server.Metrics;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Workflow;

/// <summary>
/// Runs the steps of one round. A step that completed is not run again: what it gave is read from its row. A completed step, its
/// events and whatever it changes are committed together, or not at all; so a round that is taken up again, by a process that
/// was started after another died, goes on with the first step that has not completed.
/// </summary>
internal sealed class Workflow(
    Round round, RoundLog log, IReadOnlyList<KeptStep> kept, TimeSpan stepLimit, TrainingMetrics metrics, TimeProvider time)
{
    private readonly Dictionary<string, KeptStep> _kept = kept.ToDictionary(step => step.Step);
    private readonly List<StepUsage> _usage = [.. kept.Select(UsageOf)];
    private RoundLog.Shown? _shown;

    /// <summary>To be called first where the round may have run before: what people have seen of it is not said again.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _shown = await log.ReadAsync(cancellationToken);
        if (_shown is not { Step: { } step })
            return;
        await log.ThinkAsync(step, Words.Resumed(round.Language));
        if (_shown is { Step: StepNames.Question, IsComplete: false, HasQuestion: true })
            await log.ResetQuestionAsync("restarted");
    }

    /// <summary>What a step gives, now or when it ran before.</summary>
    /// <exception cref="RoundException">It failed, or took too long.</exception>
    public async Task<TOut> RunAsync<TIn, TOut>(IStep<TIn, TOut> step, TIn input, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(step.Name, out var before))
            return WorkflowJson.Read<TOut>(before.Output);
        var began = time.GetTimestamp();
        if (_shown?.Step != step.Name)
            await log.AppendAsync(Begun(step.Name));
        var run = new StepRun(step.Name, round, log, _usage, began, time);
        var end = await WithinAsync(limit => step.RunAsync(input, run, limit), cancellationToken);
        var output = await CommitAsync(run, end, cancellationToken);
        _usage.Add(run.Usage());
        metrics.Step(step.Name, began);
        return output;
    }

    private TrainingChunk[] Begun(string step) =>
    [
        log.Chunk(step, ChunkKinds.NodeStart) with { Message = Words.Doing(round.Language, step) },
        log.Chunk(step, ChunkKinds.Thinking) with { Content = Words.Doing(round.Language, step) },
    ];

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(stepLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            return await run(either.Token);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RoundException(new RoundFailure(
                "step_timeout", "A step took too long. Try again later, or tell it less at once.", true));
        }
    }

    private async Task<TOut> CommitAsync<TOut>(StepRun run, StepEnd<TOut> planned, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var effect = planned.Plan is { } plan ? await plan(cancellationToken) : new StepEffect<TOut>(planned, []);
            var usage = run.Usage();
            var row = StepRows.Keep(round.RoundId, WorkflowJson.Write(effect.End.Output), usage);
            try
            {
                await log.AppendAsync(
                    [.. effect.Before, TrainingEvents.From(Completed(usage, effect.End)), .. effect.After],
                    [row, .. effect.Participants]);
                return effect.End.Output;
            }
            catch (ParticipantRefusedException refusal)
                when (refusal.Participant is not (StepRows.Refused or RoundState.Refused) && planned.Plan is not null)
            {
                // What it was planned by has changed; plan again.
            }
        }
    }

    private TrainingChunk Completed<TOut>(StepUsage usage, StepEnd<TOut> end) =>
        log.Chunk(usage.Step, ChunkKinds.NodeComplete) with
        {
            DurationMs = usage.DurationMs,
            Skipped = end.IsSkipped ? true : null,
            Result = WorkflowJson.Element(end.Result),
        };

    private static StepUsage UsageOf(KeptStep step) => new(
        step.Step, step.ModelCalls, step.InputTokens, step.OutputTokens, step.UsageEstimated, step.DurationMs);
}
