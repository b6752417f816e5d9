using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Overviews;
using Runnel.Server.Knowledge.Reading;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge;

/// <summary><c>GET /digital-humans/{id}/knowledge</c>: what it has learned, as a graph, for its owner. Others may talk to a public
/// one, and are told what it says; what it was taught is its owner's.</summary>
internal static class ReadKnowledge
{
    private const int Limit = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/digital-humans/{digitalHumanId:long}/knowledge", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        CurrentUser user,
        RunnelDbContext database,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit")] string? asked = null,
        [FromQuery] string[]? types = null)
    {
        // So much is all there can be: what nobody could see, nobody could forget.
        if (!QueryNumbers.TryRead(asked, Limit, MergeLimits.Facts, out var limit))
            return Problems.BadRequest("invalid_limit", $"limit is a number from 1 to {MergeLimits.Facts}.");
        var wanted = (types ?? []).SelectMany(type => type.Split(',', StringSplitOptions.TrimEntries))
            .Where(type => type.Length > 0).Distinct().ToList();
        if (wanted.Exists(type => !EntityTypes.TryRead(type, out _)))
            return Problems.BadRequest("invalid_types", $"types are of {Words()}, separated by commas.");
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        var page = await GraphPage.ReadAsync(database, digitalHumanId, wanted, limit, cancellationToken);
        var statistics = await KnowledgeStatistics.ReadAsync(database, digitalHumanId, cancellationToken);
        return Results.Ok(new Response(page.Nodes, page.Edges, statistics));
    }

    private static string Words() => string.Join(", ", EntityTypes.All.Select(type => type.Word()));

    private sealed record Response(
        IReadOnlyList<NodeItem> Nodes, IReadOnlyList<EdgeItem> Edges, KnowledgeStatistics Statistics);
}
