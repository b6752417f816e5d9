using Runnel.Server.DigitalHumans.Rows;

namespace Runnel.Server.DigitalHumans;

/// <summary>A digital human as a user sees it.</summary>
internal sealed record DigitalHumanItem(
    long Id,
    string Name,
    string Persona,
    string? Greeting,
    string? Model,
    double? Temperature,
    bool IsPublic,
    bool IsOwn,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static DigitalHumanItem From(DigitalHuman human, string userId) => new(
        human.Id,
        human.Name,
        human.Persona,
        human.Greeting,
        human.Model,
        human.Temperature,
        human.IsPublic,
        human.OwnerId == userId,
        human.CreatedAt,
        human.UpdatedAt);
}
