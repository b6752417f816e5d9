namespace Runnel.Server.DigitalHumans;

/// <summary>Digital humans: make, list, read, change and delete them.</summary>
internal static class DigitalHumansFeature
{
    public static void MapDigitalHumans(this IEndpointRouteBuilder api)
    {
        CreateDigitalHuman.Map(api);
        ListDigitalHumans.Map(api);
        ReadDigitalHuman.Map(api);
        ChangeDigitalHuman.Map(api);
        DeleteDigitalHuman.Map(api);
    }
}
