using System.Globalization;

namespace Runnel.Server.Metrics.Prometheus;

/// <summary>Names, units and labels of .NET's instruments in the words of the text format.</summary>
internal static class PrometheusNames
{
    /// <summary>The name with its unit, in the base units of Prometheus, and <c>_total</c> on counters.</summary>
    public static string Metric(string name, string? unit, FamilyKind kind)
    {
        var result = Clean(name);
        if (UnitSuffix(unit) is { } suffix && !result.EndsWith(suffix, StringComparison.Ordinal))
            result += suffix;
        return kind == FamilyKind.Counter ? result + "_total" : result;
    }

    /// <summary>What stands between the braces: in the order of the names, each name once.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(
        ',',
        tags.ToArray()
            .Where(tag => tag.Value is not null)
            .Select(tag => (Name: Clean(tag.Key), Value: Text(tag.Value!)))
            .DistinctBy(label => label.Name)
            .OrderBy(label => label.Name, StringComparer.Ordinal)
            .Select(label => $"{label.Name}=\"{Escape(label.Value)}\""));

    /// <summary>A help text on one line.</summary>
    public static string Help(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Escape(string value) => Help(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    // Annotations in braces, like {event}, are no units.
    private static string? UnitSuffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => null,
    };

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
