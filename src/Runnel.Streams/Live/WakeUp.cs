namespace Runnel.Streams.Live;

/// <summary>
/// Resumes followers that were taken off the waiting list, each on the thread pool and one after the other; a crowd is shared
/// among several work items, and so among cores. Those who wait again meanwhile wait for the next publication.
/// </summary>
internal sealed class WakeUp : IThreadPoolWorkItem
{
    private const int CrowdSize = 128;

    private readonly List<Follower> _followers;
    private readonly int _first;

    private WakeUp(List<Follower> followers, int first) => (_followers, _first) = (followers, first);

    public static void Queue(List<Follower> followers)
    {
        for (var first = 0; first < followers.Count; first += CrowdSize)
            ThreadPool.UnsafeQueueUserWorkItem(new WakeUp(followers, first), preferLocal: false);
    }

    public void Execute()
    {
        var end = Math.Min(_first + CrowdSize, _followers.Count);
        for (var i = _first; i < end; i++)
            _followers[i].Resume();
    }
}
