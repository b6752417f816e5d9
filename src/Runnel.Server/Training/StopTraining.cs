using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Stopping;
using Runnel.Streams;

namespace Runnel.Server.Training;

/// <summary><c>POST /digital-humans/{id}/train/stop</c>: stops the running round, or the named one.</summary>
internal static class StopTraining
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/digital-humans/{digitalHumanId:long}/train/stop", HandleAsync).Produces<StoppedRound>();

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        CurrentUser user,
        RunnelDbContext database,
        IEventStreams streams,
        RoundStop stop,
        CancellationToken cancellationToken,
        Request? request = null)
    {
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        var found = await KnownRound.FindAsync(
            database, digitalHumanId, request?.RoundId, request?.ClientMessageId, cancellationToken);
        if (found is not null)
        {
            await stop.EndAsync(digitalHumanId, found.RoundId, RoundFailure.Stopped, cancellationToken);
            found = await KnownRound.FindAsync(database, digitalHumanId, found.RoundId, null, cancellationToken);
        }

        if (found is null && (request?.RoundId ?? request?.ClientMessageId) is not null)
        {
            return Problems.NotFound(
                "round_not_found", "This digital human has no such round. Check round_id and client_message_id.");
        }

        var end = await streams.ReadStateAsync(
            TrainingStreams.Of(digitalHumanId),
            (cursor, _) => (cursor with { Number = found?.EndedAt ?? cursor.Number }).ToString(),
            cancellationToken);
        return Results.Ok(new StoppedRound(found?.Status == RoundState.Stopped, found?.RoundId, found?.Status, end ?? "0"));
    }

    internal sealed record Request(string? RoundId, string? ClientMessageId);
}
