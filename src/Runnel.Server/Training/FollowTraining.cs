using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Gates;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Streaming;
using Runnel.Server.Training.Following;

namespace Runnel.Server.Training;

/// <summary><c>GET /digital-humans/train/stream?digital_human_id</c>: the training of one digital human, or of all of the
/// caller's.</summary>
internal static class FollowTraining
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapMethods("/digital-humans/train/stream", ["GET", "HEAD"], HandleAsync)
            .Produces<string>(200, "text/event-stream")
            .WithMetadata(EventStreamMark.Instance);

    private static async Task HandleAsync(
        HttpContext http,
        IServiceScopeFactory scopes,
        StreamAnswer answer,
        [FromQuery(Name = "digital_human_id")] string? asked = null)
    {
        var owner = CurrentUser.Of(http.User).Id;
        if (string.IsNullOrEmpty(asked))
            await answer.RunAsync(http, TrainingStreams.FollowOwner(owner));
        else if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var human))
            await Problems.BadRequest("invalid_digital_human_id", "digital_human_id is a number.").ExecuteAsync(http);
        else if (await HasAsync(scopes, owner, human, http.RequestAborted) is not { } isThere)
            await DigitalHumanProblems.NotFound().ExecuteAsync(http);
        else if (isThere)
            await answer.RunAsync(http, TrainingStreams.Follow(human));
        else
            // The one status after which an EventSource does not come back.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whether there is a digital human of a user; false where there was one; null for neither. Asked in a scope of its
    /// own, which is gone before a stream is followed for half an hour.</summary>
    private static async Task<bool?> HasAsync(
        IServiceScopeFactory scopes, string ownerId, long digitalHumanId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        if (await OwnDigitalHumans.Of(database, ownerId).AnyAsync(human => human.Id == digitalHumanId, cancellationToken))
            return true;
        var wasThere = await database.Database.SqlQuery<long>($"""
            select 1 as "Value" from deleted_digital_humans where id = {digitalHumanId} and owner_id = {ownerId}
            """).AnyAsync(cancellationToken);
        return wasThere ? false : null;
    }
}
