using System.Globalization;
using System.Text.RegularExpressions;

namespace Runnel.Server.Tests.Metrics.Prometheus;

/// <summary>Reads Prometheus' text format 0.0.4 more strictly than Prometheus does, and fails on what is not in it.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, (string Type, string Help)> _families = [];
    private readonly Dictionary<string, double> _samples = [];
    private string _family = "";

    private Exposition()
    {
    }

    public IReadOnlyDictionary<string, double> Samples => _samples;

    public IReadOnlyCollection<string> Families => _families.Keys;

    public string TypeOf(string family) => _families[family].Type;

    /// <summary>A sample by its whole text before the value; 0 is not the same as absent.</summary>
    public double this[string sample] =>
        _samples.TryGetValue(sample, out var value) ? value : throw new KeyNotFoundException($"There is no {sample}.");

    public static Exposition Parse(string text)
    {
        var result = new Exposition();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var lines = text[..^1].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("# HELP ", StringComparison.Ordinal))
                result.Begin(lines[i], lines[++i]);
            else
                result.Take(lines[i]);
        }

        result.CheckHistograms();
        return result;
    }

    private void Begin(string help, string type)
    {
        var first = Help().Match(help);
        var second = Type().Match(type);
        Assert.True(first.Success, help);
        Assert.True(second.Success, type);
        _family = first.Groups[1].Value;
        Assert.Equal(_family, second.Groups[1].Value);
        Assert.True(_families.TryAdd(_family, (second.Groups[2].Value, first.Groups[2].Value)), $"{_family} stands twice");
        Assert.Equal(second.Groups[2].Value == "counter", _family.EndsWith("_total", StringComparison.Ordinal));
    }

    private void Take(string line)
    {
        var match = Sample().Match(line);
        Assert.True(match.Success, line);
        var name = match.Groups["name"].Value;
        var isHistogram = _families[_family].Type == "histogram";
        string[] allowed = isHistogram ? [_family + "_bucket", _family + "_sum", _family + "_count"] : [_family];
        Assert.Contains(name, allowed);
        var labels = match.Groups["label"].Captures.Select(label => label.Value[..label.Value.IndexOf('=')]).ToList();
        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.Equal(name.EndsWith("_bucket", StringComparison.Ordinal) && isHistogram, labels.Contains("le"));
        var value = double.Parse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(_samples.TryAdd(line[..line.LastIndexOf(' ')], value), $"{line} stands twice");
        if (_families[_family].Type != "gauge" && !name.EndsWith("_sum", StringComparison.Ordinal))
            Assert.True(value >= 0, line);
    }

    private void CheckHistograms()
    {
        foreach (var (sample, count) in _samples.Where(sample => IsCount(sample.Key)))
        {
            var (family, labels) = Split(sample);
            var buckets = _samples.Where(other => IsBucketOf(other.Key, family, labels)).ToList();
            Assert.Equal(count, buckets[^1].Value);
            Assert.Contains("le=\"+Inf\"", buckets[^1].Key, StringComparison.Ordinal);
            Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
            var bounds = buckets.SkipLast(1).Select(bucket => Bound(bucket.Key)).ToList();
            Assert.Equal(bounds.Distinct().Order(), bounds);
            Assert.Contains(family + "_sum" + (labels.Length > 0 ? $"{{{labels}}}" : ""), _samples.Keys);
        }
    }

    private bool IsCount(string sample) =>
        Split(sample) is var (family, _) && _families.TryGetValue(family, out var known) && known.Type == "histogram"
        && sample.Split('{')[0] == family + "_count";

    private static bool IsBucketOf(string sample, string family, string labels) =>
        sample.StartsWith($"{family}_bucket{{{(labels.Length > 0 ? labels + "," : "")}le=", StringComparison.Ordinal);

    private static (string Family, string Labels) Split(string sample)
    {
        var brace = sample.IndexOf('{', StringComparison.Ordinal);
        var name = brace < 0 ? sample : sample[..brace];
        var family = name.EndsWith("_count", StringComparison.Ordinal) ? name[..^"_count".Length] : name;
        return (family, brace < 0 ? "" : sample[(brace + 1)..^1]);
    }

    private static double Bound(string bucket)
    {
        var start = bucket.LastIndexOf("le=\"", StringComparison.Ordinal) + 4;
        return double.Parse(bucket[start..^2], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\n]|\\\\|\\n)+)$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex(
        @"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)" +
        @"(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\\n]|\\\\|\\""|\\n)*"")(,|(?=\})))+\})?" +
        @" (?<value>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)$")]
    private static partial Regex Sample();
}
