using System.Diagnostics;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>Reads what the log has after a restart.</summary>
internal static class Log
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    /// <summary>A whole stream, replayed from its first event to where no turn runs any more.</summary>
    /// <param name="speaker">Who may read it.</param>
    /// <param name="path">The stream.</param>
    /// <param name="ready">How long ago the server began to answer.</param>
    public static async Task<Transcript> ReadAsync(Speaker speaker, string path, Stopwatch ready)
    {
        var end = await EndAsync(speaker, path, ready);
        var log = new Transcript(path, "0");
        if (TurnEvents.Number(end) == 0)
            return log;
        using var stream = await speaker.OpenAsync(path + "?accumulated=false", "0");
        await stream.NextAsync("connected");
        while (log.Cursor != end)
            log.Add(await stream.NextAsync());
        return log;
    }

    private static async Task<string> EndAsync(Speaker speaker, string path, Stopwatch ready)
    {
        using var now = await speaker.OpenAsync(path + "?accumulated=false");
        var connected = await now.NextAsync("connected");
        var running = connected.Data.GetProperty("running").GetArrayLength();
        // A turn that was ended before the server answered is in time, however slow this machine reads.
        var ended = true;
        for (var left = running; left > 0 && ended; left--)
            ended = await IsEndedAsync(now, EndsWithin - ready.Elapsed);
        Assert.True(ended, $"{path}: a turn of the dead server has no end after {EndsWithin}: {connected}");
        return running > 0 ? now.LastId : connected.Id;
    }

    private static async Task<bool> IsEndedAsync(SseReader stream, TimeSpan left)
    {
        try
        {
            await stream.UntilAsync(next => next.IsEnd()).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
