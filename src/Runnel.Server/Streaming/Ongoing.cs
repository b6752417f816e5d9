using System.Text.Json;
using Runnel.Streams.Events;

namespace Runnel.Server.Streaming;

/// <summary>What the events of a stream add up to: what runs just now, and what waits, by their ids.</summary>
/// <param name="idOf">Of which one a delta is a piece.</param>
internal sealed class Ongoing<TRunning, TQueued>(Func<StreamEvent, string> idOf)
    where TRunning : class
{
    private readonly Dictionary<string, TRunning> _running = [];
    private readonly Dictionary<string, TQueued> _queued = [];
    private ReadOnlyMemory<byte> _lastData;
    private TRunning? _last;

    public TRunning? Find(string? id) => id is null ? null : _running.GetValueOrDefault(id);

    /// <summary>It waits, or has another place now.</summary>
    public void Queue(string id, TQueued queued) => _queued[id] = queued;

    public void Start(string id, TRunning running)
    {
        _queued.Remove(id);
        _running[id] = running;
        _last = null;
    }

    public void End(string id)
    {
        _queued.Remove(id);
        _running.Remove(id);
        _last = null;
    }

    /// <summary>What runs, by a piece of its text. Pieces of one text share their data, so that it is read once and not for every
    /// one.</summary>
    public TRunning? Of(StreamEvent delta)
    {
        if (_last is null || !delta.Data.Equals(_lastData))
            (_lastData, _last) = (delta.Data, Find(idOf(delta)));
        return _last;
    }

    /// <summary>As members of the object that is being written.</summary>
    /// <param name="writer">Writes it.</param>
    /// <param name="writeRunning">Writes one that runs.</param>
    /// <param name="order">Puts those that wait in their order.</param>
    /// <param name="writeQueued">Writes one of them.</param>
    public void WriteTo(
        Utf8JsonWriter writer,
        Action<Utf8JsonWriter, TRunning> writeRunning,
        Func<IEnumerable<TQueued>, IEnumerable<TQueued>> order,
        Action<Utf8JsonWriter, TQueued> writeQueued)
    {
        writer.WriteStartArray("running");
        foreach (var running in _running.Values)
            writeRunning(writer, running);
        writer.WriteEndArray();
        writer.WriteStartArray("queued");
        foreach (var queued in order(_queued.Values))
            writeQueued(writer, queued);
        writer.WriteEndArray();
    }
}
