using Microsoft.Extensions.Options;
using Runnel.Server.Auth;
using Runnel.Server.Configuration;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Models;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans;

/// <summary><c>POST /digital-humans</c>.</summary>
internal static class CreateDigitalHuman
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/digital-humans", HandleAsync).Produces<DigitalHumanItem>(201);

    private static async Task<IResult> HandleAsync(
        DigitalHumanBody? request,
        CurrentUser user,
        RunnelDbContext database,
        ModelCatalog models,
        IOptions<LimitsOptions> limits,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = request ?? new DigitalHumanBody();
        if (DigitalHumanRules.CheckNew(body, models) is { } refused)
            return refused;
        var now = time.GetUtcNow();
        var made = new DigitalHuman
        {
            OwnerId = user.Id,
            IsPublic = body.IsPublic ?? false,
            Name = body.Name!,
            Model = body.Model is null ? null : models.Find(body.Model)!.Name,
            Temperature = body.Temperature,
            CreatedAt = now,
            UpdatedAt = now,
            Greeting = body.Greeting,
            Persona = body.Persona!,
        };
        return await NewDigitalHuman.TryAddAsync(database, made, limits.Value.DigitalHumans, cancellationToken)
            ? Results.Created($"/api/v1/digital-humans/{made.Id}", DigitalHumanItem.From(made, user.Id))
            : DigitalHumanProblems.TooMany();
    }
}
