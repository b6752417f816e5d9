using System.Collections.Concurrent;
using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>
/// What servers on one database tell each other at once: a kind, which is one word, and an id. It is lost on those that cannot be
/// reached just now; they find it in the database. Alone nobody is told. Thread-safe.
/// </summary>
internal sealed partial class Signals : IDisposable
{
    private readonly ConcurrentDictionary<string, Action<string>> _hearers = new();
    private readonly ISharedStore? _store;
    private readonly ILogger<Signals> _log;
    private readonly CancellationTokenSource _ending = new();

    public Signals(IStreamStore store, ILogger<Signals> log)
    {
        (_store, _log) = (store as ISharedStore, log);
        if (_store is not null)
            _store.Signalled = Take;
    }

    /// <summary>Hears one kind from now on, also what this server tells. One call at a time; returns at once.</summary>
    public void Hear(string kind, Action<string> heard) => _hearers[kind] = heard;

    /// <summary>Tells all servers. Does not fail.</summary>
    public async Task TellAsync(string kind, string id)
    {
        if (_store is null)
            return;
        try
        {
            await _store.SignalAsync($"{kind} {id}", _ending.Token);
        }
        catch (Exception exception) when (
            exception is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            NotTold(_log, kind, id, exception);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private void Take(string text)
    {
        // What a newer version tells may be of a kind that is not known here.
        if (text.Split(' ', 2) is [var kind, var id] && _hearers.TryGetValue(kind, out var heard))
            heard(id);
    }

    [LoggerMessage(1, LogLevel.Debug, "The other servers were not told: {Kind} {Id}. They will find it themselves.")]
    private static partial void NotTold(ILogger log, string kind, string id, Exception exception);
}
