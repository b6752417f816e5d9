using Runnel.Server.Background;
using Runnel.Server.Metrics;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>
/// Runs one round to its one terminal event. It knows nothing of requests and readers. When the process stops first, the round has
/// none: the next start goes on with it.
/// </summary>
internal sealed partial class RoundRunner(
    IEventStreams streams,
    RoundWork work,
    RoundEnds ends,
    TrainingMetrics metrics,
    TimeProvider time,
    ILogger<RoundRunner> log)
{
    /// <param name="round">The round.</param>
    /// <param name="signals">How it is told to end.</param>
    public async Task RunAsync(Round round, TaskSignals signals)
    {
        var roundLog = new RoundLog(streams, round, time, signals.Shutdown);
        var began = time.GetTimestamp();
        metrics.Begin();
        var outcome = "";
        try
        {
            outcome = await RunAsync(round, roundLog, signals);
        }
        catch (Exception broken)
        {
            // Nothing more can be written: the process is stopping, or the digital human is gone.
            Broken(log, round.RoundId, broken);
        }

        metrics.End(outcome, began);
    }

    /// <summary>The status that it ended with; empty when it goes on after the next start.</summary>
    private async Task<string> RunAsync(Round round, RoundLog roundLog, TaskSignals signals)
    {
        try
        {
            await work.DoAsync(round, roundLog, signals.End);
            return RoundState.Complete;
        }
        catch (OperationCanceledException) when (signals is { IsStopped: false, Shutdown.IsCancellationRequested: true })
        {
            Postponed(log, round.RoundId);
            return "";
        }
        catch (Exception fault)
        {
            var failure = signals.IsStopped && fault is OperationCanceledException or ParticipantRefusedException
                ? RoundFailure.Stopped
                : RoundFailure.From(fault);
            if (failure.Code == RoundFailure.Internal)
                Broken(log, round.RoundId, fault);
            else
                Failed(log, round.RoundId, failure.Code);
            return await ends.WriteAsync(round, failure, signals.Shutdown);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Training round {RoundId} ends without a question: {Code}.")]
    private static partial void Failed(ILogger log, string roundId, string code);

    [LoggerMessage(2, LogLevel.Error, "Training round {RoundId} broke.")]
    private static partial void Broken(ILogger log, string roundId, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Training round {RoundId} goes on after the next start.")]
    private static partial void Postponed(ILogger log, string roundId);
}
