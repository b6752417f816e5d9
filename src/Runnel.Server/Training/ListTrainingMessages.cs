using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Listing;
using Runnel.Streams;

namespace Runnel.Server.Training;

/// <summary><c>GET /digital-humans/{id}/training-messages</c>: what it was told and what it learned from that, oldest first within
/// a page, paged backwards. The cursor is the place in the stream from which it goes on: a round that has not ended there is
/// repeated by the stream from its beginning.</summary>
internal static class ListTrainingMessages
{
    private const int MaxLimit = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/digital-humans/{digitalHumanId:long}/training-messages", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        CurrentUser user,
        RunnelDbContext database,
        IEventStreams streams,
        CancellationToken cancellationToken,
        string? before = null,
        [FromQuery(Name = "limit")] string? asked = null)
    {
        if (!QueryNumbers.TryRead(asked, 50, MaxLimit, out var limit))
            return Problems.BadRequest("invalid_limit", $"limit is a number from 1 to {MaxLimit}.");
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        // The place first: what happens while the rows are read is after it, and may be in both.
        var cursor = await CursorAsync(database, streams, digitalHumanId, cancellationToken);
        var rows = await TrainingMessageRow.ReadAsync(database, digitalHumanId, before, limit + 1, cancellationToken);
        var page = rows.Take(limit).Reverse().ToList();
        return Results.Ok(new Response(
            page.ConvertAll(row => row.ToItem()), rows.Count > limit ? page[0].MessageId : null, cursor));
    }

    /// <summary>Before the first round that has not ended; else after all.</summary>
    private static async Task<string> CursorAsync(
        RunnelDbContext database, IEventStreams streams, long digitalHumanId, CancellationToken cancellationToken)
    {
        var place = await streams.ReadStateAsync(
            TrainingStreams.Of(digitalHumanId), (cursor, _) => (Runnel.Streams.Events.Cursor?)cursor, cancellationToken);
        var unfinished = await database.Database.SqlQuery<long?>($"""
            select min(started_after) as "Value" from training_rounds
            where digital_human_id = {digitalHumanId} and status in ('queued', 'running')
            """).SingleAsync(cancellationToken);
        return place is { } now ? (now with { Number = Math.Min(now.Number, unfinished ?? now.Number) }).ToString() : "0";
    }

    private sealed record Response(List<TrainingMessageItem> Items, string? NextBefore, string Cursor);
}
