using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Runnel.Streams.Testing;

/// <summary>Listens to the <c>Runnel</c> meters of one container, as an exporter does.</summary>
public sealed class Measured : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _observed = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _recorded = new();

    public Measured(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name.StartsWith("Runnel.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What a histogram has recorded so far, in order.</summary>
    public double[] Recorded(string name) => _recorded.TryGetValue(name, out var values) ? [.. values] : [];

    /// <summary>What an instrument says of itself now; of those with a tag, under its value.</summary>
    public double Now(string name, string? tagValue = null)
    {
        _listener.RecordObservableInstruments();
        return _observed[tagValue is null ? name : $"{name} {tagValue}"];
    }

    /// <summary>Returns when an instrument says a value.</summary>
    public async Task UntilAsync(double value, string name, string? tagValue = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Now(name, tagValue).Equals(value))
            await Task.Delay(Pause, TimeProvider.System, deadline.Token); // polls: nobody tells that a count has changed
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.IsObservable)
            _observed[tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value;
        else
            _recorded.GetOrAdd(instrument.Name, _ => new()).Enqueue(value);
    }
}
