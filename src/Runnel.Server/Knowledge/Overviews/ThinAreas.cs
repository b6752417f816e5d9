using Runnel.Server.Knowledge.Learning;

namespace Runnel.Server.Knowledge.Overviews;

/// <summary>Which types of entities little is known of: fewer than two, or less than a quarter of the mean. <c>other</c> is none.</summary>
internal static class ThinAreas
{
    private const int Few = 2;
    private const int PartOfMean = 4;

    /// <param name="byType">How many entities of each type are known.</param>
    /// <returns>The thinnest first, of those that are equally thin in the order of the types.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, int> byType)
    {
        var areas = EntityTypes.All.Where(type => type != EntityType.Other).Select(type => type.Word()).ToList();
        var mean = areas.Average(area => byType.GetValueOrDefault(area));
        return [.. areas.Where(area => byType.GetValueOrDefault(area) < Math.Max(Few, mean / PartOfMean))
            .OrderBy(area => byType.GetValueOrDefault(area))];
    }
}
