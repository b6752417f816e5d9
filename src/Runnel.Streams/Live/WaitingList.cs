namespace Runnel.Streams.Live;

/// <summary>The followers that wait for a stream. Each is taken off exactly once for every time it was put on, and whoever
/// takes it off resumes it. Not thread-safe: its stream locks.</summary>
internal sealed class WaitingList
{
    private readonly List<Follower> _followers = [];

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

    /// <summary>Takes everybody off, in the order in which they came.</summary>
    public void MoveTo(List<Follower> taken)
    {
        foreach (var follower in _followers)
            follower.WaitingAt = -1;
        taken.AddRange(_followers);
        _followers.Clear();
    }
}
