using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics.Prometheus;

/// <summary>Makes of an instrument the metric that shows it.</summary>
internal static class Instruments
{
    /// <summary>For histograms whose maker does not say where buckets should end.</summary>
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] Counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000];

    /// <summary>Null for a kind of instrument that the text format does not have.</summary>
    public static Family? Describe(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType || KindOf(type.GetGenericTypeDefinition()) is not { } kind)
            return null;
        var bounds = kind == FamilyKind.Histogram ? BoundsOf(instrument) : [];
        var name = PrometheusNames.Metric(instrument.Name, instrument.Unit, kind);
        return new Family(name, instrument.Description ?? instrument.Name, kind, MeaningOf(instrument), bounds);
    }

    private static Meaning MeaningOf(Instrument instrument)
    {
        if (instrument.IsObservable)
            return Meaning.Observed;
        return instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>) ? Meaning.Latest : Meaning.Added;
    }

    private static FamilyKind? KindOf(Type type)
    {
        if (type == typeof(Counter<>) || type == typeof(ObservableCounter<>))
            return FamilyKind.Counter;
        if (type == typeof(Histogram<>))
            return FamilyKind.Histogram;
        return type == typeof(UpDownCounter<>) || type == typeof(ObservableUpDownCounter<>)
            || type == typeof(Gauge<>) || type == typeof(ObservableGauge<>)
            ? FamilyKind.Gauge
            : null;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        { Unit: "s" } => Seconds,
        _ => Counts,
    };
}
