using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>Writes the end of a round that has no question. Who asked first decides how it ends: a round that fails while somebody
/// stops it either was faster, or ends as it was told.</summary>
internal sealed class RoundEnds(IServiceScopeFactory scopes, IEventStreams streams, TimeProvider time)
{
    /// <param name="round">The round.</param>
    /// <param name="failure">How it would end by itself.</param>
    /// <param name="giveUp">The process stops: what cannot be written now is not written.</param>
    /// <returns>The status that it ended with.</returns>
    public async Task<string> WriteAsync(Round round, RoundFailure failure, CancellationToken giveUp)
    {
        var log = new RoundLog(streams, round, time, giveUp);
        while (!await TryAsync(round, log, failure))
        {
            var row = await ReadAsync(round.RoundId);
            if (row is not { Status: RoundState.Running, EndRequested: { } requested } || requested == failure.Code)
                return row?.Status ?? failure.Status;
            failure = RoundFailure.Requested(requested);
        }

        return failure.Status;
    }

    /// <summary>The terminal event of a round that has no question, and its row.</summary>
    public static (TrainingError Event, RoundEnd Row) Of(Round round, RoundFailure failure) => (
        new TrainingError(
            round.DigitalHumanId,
            round.RoundId,
            round.MessageId,
            ErrorWords.Of(round.Language, failure.Code, failure.Sentence),
            failure.Code,
            failure.IsRetryable),
        new RoundEnd(round.RoundId, failure.Status, failure.Code));

    private async Task<bool> TryAsync(Round round, RoundLog log, RoundFailure failure)
    {
        var (error, row) = Of(round, failure);
        try
        {
            await log.AppendAsync(
                [TrainingEvents.From(error)], [RoundState.End(row, RoundState.Running, at: 1, time.GetUtcNow())]);
            return true;
        }
        catch (ParticipantRefusedException refusal) when (refusal.Participant == RoundState.Refused)
        {
            return false;
        }
    }

    private async Task<Row?> ReadAsync(string roundId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<Row>($"""
                select status as "Status", end_requested as "EndRequested" from training_rounds where round_id = {roundId}
                """)
            .FirstOrDefaultAsync();
    }

    private sealed record Row(string Status, string? EndRequested);
}
