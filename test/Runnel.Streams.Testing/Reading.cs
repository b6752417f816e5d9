using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.Testing;

/// <summary>Reads followers as a response does, and never for ever.</summary>
public static class Reading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Everything from where the follower stands up to a number.</summary>
    public static async Task<List<LogEntry>> ReadToAsync(this Follower follower, long number, int bufferEntries = 64)
    {
        ArgumentNullException.ThrowIfNull(follower);
        var read = new List<LogEntry>();
        var buffer = new LogEntry[bufferEntries];
        while (follower.Number < number)
        {
            var count = await follower.ReadAsync(buffer, TestContext.Current.CancellationToken);
            read.AddRange(buffer.AsSpan(0, count));
            if (count == 0)
                await follower.WaitAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        }

        return read;
    }

    public static Task WithinPatience(this Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public static Task<T> WithinPatience<T>(this Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public static async Task<Follower> FollowAsync(this IEventStreams streams, StreamName stream, StartPosition start = default)
    {
        ArgumentNullException.ThrowIfNull(streams);
        var follower = await streams.FollowAsync(stream, start, TestContext.Current.CancellationToken);
        Assert.NotNull(follower);
        return follower;
    }
}
