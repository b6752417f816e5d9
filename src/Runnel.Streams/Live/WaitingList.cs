namespace Runnel.Streams.Live;

/// <summary>The followers that wait for a stream. Each is taken off exactly once for every time it was put on, and whoever
/// takes it off resumes it.</summary>
/// <param name="gate">The stream's gate, which whoever adds and removes holds.</param>
internal sealed class WaitingList(Lock gate) : IThreadPoolWorkItem
{
    /// <summary>How many followers one work item resumes, so that several cores share a crowd.</summary>
    private const int WakeBatch = 128;

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

    /// <summary>Resumes all, on the pool; called without the gate.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (_followers.Count == 0)
                return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Resumes a batch; each writes what is pending and waits again.</summary>
    public void Execute()
    {
        List<Follower> woken;
        bool more;
        lock (gate)
        {
            woken = Take();
            more = _followers.Count > 0;
        }

        if (more)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        foreach (var follower in woken)
            follower.Resume();
    }

    private List<Follower> Take()
    {
        var first = Math.Max(0, _followers.Count - WakeBatch);
        var taken = _followers.GetRange(first, _followers.Count - first);
        _followers.RemoveRange(first, taken.Count);
        foreach (var follower in taken)
            follower.WaitingAt = -1;
        return taken;
    }
}
