namespace Runnel.Server.Auth.Sessions;

/// <summary>
/// Tells whoever works for a session, or for another way in, that it has ended: open streams say, at once. Ids of different kinds
/// do not meet, since all are random. Thread-safe.
/// </summary>
internal sealed class SessionEnds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<SessionWatch>> _watches = [];

    /// <summary>The ids that somebody watches.</summary>
    public IReadOnlyList<string> Watched
    {
        get
        {
            lock (_gate)
                return [.. _watches.Keys];
        }
    }

    /// <summary>Watches until disposed.</summary>
    public SessionWatch Watch(string id)
    {
        var watch = new SessionWatch(this, id);
        lock (_gate)
        {
            if (!_watches.TryGetValue(id, out var watches))
                _watches[id] = watches = [];
            watches.Add(watch);
        }

        return watch;
    }

    /// <summary>Tells all who watch. Those who come later must look for themselves.</summary>
    public void End(string id)
    {
        HashSet<SessionWatch>? watches;
        lock (_gate)
            _watches.Remove(id, out watches);
        foreach (var watch in watches ?? [])
            watch.End();
    }

    internal void Forget(SessionWatch watch)
    {
        lock (_gate)
        {
            // Sessions come and go for as long as the process lives: one that nobody watches leaves nothing behind.
            if (_watches.TryGetValue(watch.Id, out var watches) && watches.Remove(watch) && watches.Count == 0)
                _watches.Remove(watch.Id);
        }
    }
}
