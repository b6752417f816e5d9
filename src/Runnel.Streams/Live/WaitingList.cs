namespace Runnel.Streams.Live;

/// <summary>The followers that wait for a stream. Each is taken off exactly once for every time it was put on, and whoever
/// takes it off resumes it. Not thread-safe: its stream locks.</summary>
internal sealed class WaitingList
{
    private static readonly List<Follower> Nobody = [];
    private List<Follower> _followers = [];

    public void Add(Follower follower)
    {
        follower.WaitingAt = _followers.Count;
        _followers.Add(follower);
    }

    /// <summary>Takes one off; false when it is not on the list.</summary>
    public bool Remove(Follower follower)
    {
        if (follower.WaitingAt < 0)
            return false;
        var last = _followers[^1];
        _followers[follower.WaitingAt] = last;
        last.WaitingAt = follower.WaitingAt;
        _followers.RemoveAt(_followers.Count - 1);
        follower.WaitingAt = -1;
        return true;
    }

    /// <summary>Takes everybody off.</summary>
    public List<Follower> TakeAll()
    {
        if (_followers.Count == 0)
            return Nobody;
        var taken = _followers;
        _followers = new List<Follower>(taken.Count);
        foreach (var follower in taken)
            follower.WaitingAt = -1;
        return taken;
    }
}
