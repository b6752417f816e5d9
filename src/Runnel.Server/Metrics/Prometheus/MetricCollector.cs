using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics.Prometheus;

/// <summary>
/// Listens to the meters that an operator of this server needs: its own, the runtime's, ASP.NET Core's requests and
/// connections. Meters of another container in the same process are not this server's. Thread-safe.
/// </summary>
internal sealed partial class MetricCollector : IHostedService, IDisposable
{
    private static readonly string[] Others =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly IMeterFactory _meters;
    private readonly ILogger<MetricCollector> _log;
    private readonly ConcurrentDictionary<string, Family> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();

    public MetricCollector(IMeterFactory meters, ILogger<MetricCollector> log)
    {
        (_meters, _log) = (meters, log);
        _listener.InstrumentPublished = Take;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record(family, (double)value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything as it is now, as text.</summary>
    public string Read()
    {
        lock (_reading)
        {
            foreach (var (_, family) in _families)
                family.Forget();
            Observe();
            return PrometheusText.Write(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((Family)family!).Record(value, tags);

    private void Take(Instrument instrument, MeterListener listener)
    {
        if (!IsWanted(instrument.Meter) || Instruments.Describe(instrument) is not { } family)
            return;
        // A name stands once in the text; a second instrument of it goes into the same metric.
        var known = _families.GetOrAdd(family.Name, family);
        if (known.Kind == family.Kind)
            listener.EnableMeasurementEvents(instrument, known);
    }

    private bool IsWanted(Meter meter) =>
        (meter.Scope is null || meter.Scope == _meters)
        && (meter.Name.StartsWith("Runnel.", StringComparison.Ordinal) || Others.Contains(meter.Name));

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            // Those that could be read are there; one that cannot must not hide them.
            ObservationFailed(_log, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A metric could not be read.")]
    private static partial void ObservationFailed(ILogger log, Exception exception);
}
