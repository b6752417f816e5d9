using Microsoft.Extensions.Options;

namespace Runnel.Streams.Live;

/// <summary>What all tails hold together. Thread-safe.</summary>
internal sealed class TailBudget(IOptions<LiveOptions> options)
{
    private readonly long _max = options.Value.TailBytes;
    private long _used;

    /// <summary>How much the tails hold, in bytes.</summary>
    public long Used => Interlocked.Read(ref _used);

    public bool IsOver => Used > _max;

    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
