using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Models;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans;

/// <summary><c>PATCH /digital-humans/{id}</c>: changes what the body names, and nothing else; of two at once that name different
/// members, both hold.</summary>
internal static class ChangeDigitalHuman
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/digital-humans/{digitalHumanId:long}", HandleAsync).Produces<DigitalHumanItem>();

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        DigitalHumanBody? request,
        CurrentUser user,
        RunnelDbContext database,
        ModelCatalog models,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        var body = request ?? new DigitalHumanBody();
        if (DigitalHumanRules.CheckChange(body, models) is { } refused)
            return refused;
        if (!body.IsEmpty)
        {
            await OwnDigitalHumans.Of(database, user.Id).Where(human => human.Id == digitalHumanId).ExecuteUpdateAsync(
                row => Set(row, body, models, time.GetUtcNow()), cancellationToken);
        }

        return await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is { } changed
            ? Results.Ok(DigitalHumanItem.From(changed, user.Id))
            : DigitalHumanProblems.NotFound();
    }

    private static void Set(
        UpdateSettersBuilder<DigitalHuman> row, DigitalHumanBody body, ModelCatalog models, DateTimeOffset now)
    {
        row.SetProperty(human => human.UpdatedAt, now);
        if (body.HasName)
            row.SetProperty(human => human.Name, body.Name!);
        if (body.HasPersona)
            row.SetProperty(human => human.Persona, body.Persona!);
        if (body.HasGreeting)
            row.SetProperty(human => human.Greeting, body.Greeting);
        if (body.HasModel)
            row.SetProperty(human => human.Model, body.Model is null ? null : models.Find(body.Model)!.Name);
        if (body.HasTemperature)
            row.SetProperty(human => human.Temperature, body.Temperature);
        if (body.IsPublic is { } isPublic)
            row.SetProperty(human => human.IsPublic, isPublic);
    }
}
