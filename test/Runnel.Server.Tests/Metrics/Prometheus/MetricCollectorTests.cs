using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Runnel.Server.Metrics;
using Runnel.Server.Metrics.Prometheus;

namespace Runnel.Server.Tests.Metrics.Prometheus;

public sealed class MetricCollectorTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricCollector _collector;
    private readonly Meter _meter;

    public MetricCollectorTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _collector = new MetricCollector(meters, NullLogger<MetricCollector>.Instance);
        _meter = meters.Create("Runnel.Test");
    }

    public async ValueTask InitializeAsync() => await _collector.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _collector.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public void Instruments_BecomeMetrics_WithUnitTypeAndLabels()
    {
        _meter.CreateCounter<int>("a.made", "{thing}", "Things\nmade.").Add(2, Tag("kind", "x\"y\\z\nä"), Tag("a-b", true));
        _meter.CreateUpDownCounter<long>("a.size", "By").Add(-7);
        _meter.CreateGauge<double>("a.level").Record(2.5);
        _meter.CreateObservableCounter("a.time", () => 3.25, "s");

        var lines = _collector.Read().Split('\n');

        Assert.Contains("# HELP a_made_total Things\\nmade.", lines);
        Assert.Contains("# TYPE a_made_total counter", lines);
        Assert.Contains("a_made_total{a_b=\"true\",kind=\"x\\\"y\\\\z\\nä\"} 2", lines);
        Assert.Contains("# TYPE a_size_bytes gauge", lines);
        Assert.Contains("a_size_bytes -7", lines);
        Assert.Contains("a_level 2.5", lines);
        Assert.Contains("a_time_seconds_total 3.25", lines);
    }

    [Fact]
    public void Histogram_HasItsOwnBuckets_AndABoundBelongsToItsBucket()
    {
        var histogram = _meter.CreateHistogram(
            "a.wait", "s", null, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2] });
        foreach (var value in new[] { 0.25, 0.5, 1.5, 99, double.NaN, double.PositiveInfinity })
            histogram.Record(value, Tag("to", "b"));

        var read = Exposition.Parse(_collector.Read());

        Assert.Equal(2, read["a_wait_seconds_bucket{to=\"b\",le=\"0.5\"}"]);
        Assert.Equal(2, read["a_wait_seconds_bucket{to=\"b\",le=\"1\"}"]);
        Assert.Equal(3, read["a_wait_seconds_bucket{to=\"b\",le=\"2\"}"]);
        Assert.Equal(4, read["a_wait_seconds_bucket{to=\"b\",le=\"+Inf\"}"]);
        Assert.Equal(101.25, read["a_wait_seconds_sum{to=\"b\"}"]);
    }

    [Fact]
    public void Tags_MakeOneSeries_WhateverTheirOrder_AndWithoutThoseThatAreEmpty()
    {
        var counter = _meter.CreateCounter<int>("a.made");
        counter.Add(1, Tag("x", "1"), Tag("y", 2));
        counter.Add(1, Tag("y", 2), Tag("x", "1"));
        counter.Add(1, Tag("y", 2), Tag("z", null), Tag("x", "1"));
        counter.Add(1, Tag("y", 2));

        var read = Exposition.Parse(_collector.Read());

        Assert.Equal(3, read["a_made_total{x=\"1\",y=\"2\"}"]);
        Assert.Equal(1, read["a_made_total{y=\"2\"}"]);
    }

    [Fact]
    public void Series_AreBounded_AndTheRestIsCountedTogether()
    {
        var counter = _meter.CreateCounter<int>("a.made");
        for (var i = 0; i < Family.MaxSeries + 44; i++)
            counter.Add(1, Tag("x", i));
        counter.Add(1, Tag("x", 7));

        var read = Exposition.Parse(_collector.Read());

        Assert.Equal(Family.MaxSeries + 1, read.Samples.Keys.Count(key => key.StartsWith("a_made", StringComparison.Ordinal)));
        Assert.Equal(44, read["a_made_total{overflow=\"true\"}"]);
        Assert.Equal(2, read["a_made_total{x=\"7\"}"]);
    }

    [Fact]
    public void ObservedSeries_AreGone_WhenTheyAreNotObservedAnyMore()
    {
        string[] states = ["a", "b"];
        _meter.CreateObservableGauge("a.open", () => states.Select(state => new Measurement<int>(1, Tag("state", state))));
        Assert.Equal(1, Exposition.Parse(_collector.Read())["a_open{state=\"b\"}"]);
        states = ["a"];

        var read = Exposition.Parse(_collector.Read());
        Assert.Equal(1, read["a_open{state=\"a\"}"]);
        Assert.DoesNotContain("a_open{state=\"b\"}", read.Samples.Keys);
    }

    [Fact]
    public void InstrumentThatThrows_HidesNoOther()
    {
        _meter.CreateObservableGauge("a.broken", Broken);
        _meter.CreateObservableGauge("a.whole", () => 1);

        Assert.Equal(1, Exposition.Parse(_collector.Read())["a_whole"]);
    }

    [Fact]
    public void MetersOfOthers_AreNotShown()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("Runnel.Test").CreateObservableGauge("a.foreign", () => 1);
        _services.GetRequiredService<IMeterFactory>().Create("Elsewhere").CreateObservableGauge("a.elsewhere", () => 1);

        var text = _collector.Read();

        Assert.DoesNotContain("a_foreign", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a_elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_AllocatesNothing_OnceASeriesIsKnown()
    {
        var counter = _meter.CreateCounter<long>("a.made");
        var histogram = _meter.CreateHistogram<double>("a.wait", "s");
        var turns = new TurnMetrics(TimeProvider.System, _services.GetRequiredService<IMeterFactory>());
        Record(counter, histogram, turns, 10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(counter, histogram, turns, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(20_000, Exposition.Parse(_collector.Read())["a_made_total{x=\"1\",y=\"2\"}"]);
    }

    private static void Record(Counter<long> counter, Histogram<double> histogram, TurnMetrics turns, int times)
    {
        for (var i = 0; i < times; i++)
        {
            counter.Add(1, Tag("x", "1"), Tag("y", "2"));
            histogram.Record(0.5);
            turns.Begin();
            turns.Again("upstream_closed", isOther: false, withdrawsText: true);
            turns.FirstText("one", began: 0, now: 1);
            turns.End("failed", "upstream_closed", began: 0);
        }
    }

    private static int Broken() => throw new InvalidOperationException("It is broken.");

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
