using System.Globalization;
using System.Text;

namespace Runnel.Server.Metrics.Prometheus;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    private static readonly string[] Types = ["counter", "gauge", "histogram"];

    public static string Write(IEnumerable<Family> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
            WriteFamily(text, family);
        return text.ToString();
    }

    private static void WriteFamily(StringBuilder text, Family family)
    {
        var begun = false;
        foreach (var series in family.Series)
        {
            if (series.Read() is not { } read)
                continue;
            if (!begun)
                WriteHead(text, family);
            begun = true;
            if (family.Kind == FamilyKind.Histogram)
                WriteHistogram(text, family, series.Labels, read.Value, read.Buckets);
            else
                WriteLine(text, family.Name, series.Labels, Number(read.Value));
        }
    }

    private static void WriteHead(StringBuilder text, Family family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(PrometheusNames.Help(family.Help)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(Types[(int)family.Kind]).Append('\n');
    }

    private static void WriteHistogram(StringBuilder text, Family family, string labels, double sum, long[] buckets)
    {
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            var all = labels.Length > 0 ? $"{labels},le=\"{bound}\"" : $"le=\"{bound}\"";
            WriteLine(text, family.Name + "_bucket", all, Number(count));
        }

        WriteLine(text, family.Name + "_sum", labels, Number(sum));
        WriteLine(text, family.Name + "_count", labels, Number(count));
    }

    private static void WriteLine(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
