using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans;

/// <summary><c>GET /digital-humans</c>: the caller's own and all public ones, the newest first. <c>before</c> is the
/// <c>next_before</c> of the page before; <c>own</c> asks for only one's own, or only those of others.</summary>
internal static class ListDigitalHumans
{
    private const int MaxLimit = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/digital-humans", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        CurrentUser user,
        RunnelDbContext database,
        CancellationToken cancellationToken,
        string? before = null,
        string? own = null,
        [FromQuery(Name = "limit")] string? asked = null)
    {
        if (!QueryNumbers.TryRead(asked, 50, MaxLimit, out var limit))
            return Problems.BadRequest("invalid_limit", $"limit is a number from 1 to {MaxLimit}.");
        var last = long.MaxValue;
        if (before is not null && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out last))
            return Problems.BadRequest("invalid_before", "before is the next_before of an earlier page.");
        if (own is not (null or "true" or "false"))
            return Problems.BadRequest("invalid_own", "own is true or false. Leave it out for all.");
        var humans = own switch
        {
            "true" => OwnDigitalHumans.Of(database, user.Id),
            "false" => OwnDigitalHumans.UsableBy(database, user.Id).Where(human => human.OwnerId != user.Id),
            _ => OwnDigitalHumans.UsableBy(database, user.Id),
        };
        var rows = await humans.Where(human => human.Id < last)
            .OrderByDescending(human => human.Id)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        return Results.Ok(new Response(
            page.ConvertAll(human => DigitalHumanItem.From(human, user.Id)),
            rows.Count > limit ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private sealed record Response(List<DigitalHumanItem> Items, string? NextBefore);
}
