namespace Runnel.Streams.Live;

/// <summary>
/// Resumes followers that were taken off the waiting list, one after the other on the thread pool. A crowd is shared among as
/// many work items as there are cores: more would only take turns. Those who wait again meanwhile wait for the next
/// publication.
/// </summary>
internal sealed class WakeUp : IThreadPoolWorkItem
{
    /// <summary>So many are resumed sooner than another core is woken.</summary>
    private const int FewFollowers = 16;

    private readonly List<Follower> _followers;
    private readonly int _first;
    private readonly int _end;

    private WakeUp(List<Follower> followers, int first, int end) => (_followers, _first, _end) = (followers, first, end);

    public static void Queue(List<Follower> followers)
    {
        var share = Math.Max(FewFollowers, (followers.Count - 1) / Environment.ProcessorCount + 1);
        for (var first = 0; first < followers.Count; first += share)
        {
            var end = Math.Min(first + share, followers.Count);
            ThreadPool.UnsafeQueueUserWorkItem(new WakeUp(followers, first, end), preferLocal: false);
        }
    }

    public void Execute()
    {
        for (var i = _first; i < _end; i++)
            _followers[i].Resume();
    }
}
