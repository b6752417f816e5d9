namespace Runnel.Server.DigitalHumans;

/// <summary>Digital humans: make, list, read and change them.</summary>
internal static class DigitalHumansFeature
{
    public static void MapDigitalHumans(this IEndpointRouteBuilder api)
    {
        CreateDigitalHuman.Map(api);
        ListDigitalHumans.Map(api);
        ReadDigitalHuman.Map(api);
        ChangeDigitalHuman.Map(api);
    }
}
