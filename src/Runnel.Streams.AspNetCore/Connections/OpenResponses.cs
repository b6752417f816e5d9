namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>
/// All open responses. When each is to be looked at stands side by side in memory: ten thousand that are not due are passed
/// over four times a second without one of them being touched. Thread-safe.
/// </summary>
internal sealed class OpenResponses
{
    private readonly Lock _gate = new();
    private readonly Stack<OpenPlace> _free = new();
    private volatile OpenPage[] _pages = [];
    private volatile int _count;

    public int Count => _count;

    public IEnumerable<SseConnection> All => _pages.SelectMany(page => page.Connections).OfType<SseConnection>();

    /// <summary>Gives a response a place; it is looked at with the next tick.</summary>
    public void Add(SseConnection connection)
    {
        lock (_gate)
        {
            if (_free.Count == 0)
                AddPage();
            var place = _free.Pop();
            place.CheckAt(0);
            connection.Place = place;
            Volatile.Write(ref place.Page.Connections[place.Index], connection);
            _count++;
        }
    }

    public void Remove(OpenPlace place)
    {
        lock (_gate)
        {
            place.Page.Connections[place.Index] = null;
            _free.Push(place);
            _count--;
        }
    }

    /// <summary>Lets those look at themselves whose time has come.</summary>
    public void Check(long now)
    {
        foreach (var page in _pages)
        {
            for (var i = 0; i < OpenPage.Size; i++)
            {
                if (Volatile.Read(ref page.CheckAt[i]) <= now && Volatile.Read(ref page.Connections[i]) is { } due)
                    due.Check(now);
            }
        }
    }

    private void AddPage()
    {
        var page = new OpenPage();
        for (var i = OpenPage.Size - 1; i >= 0; i--)
            _free.Push(new OpenPlace(page, i));
        _pages = [.. _pages, page];
    }
}
