using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>
/// One open response. It says where it stands, then writes whatever its follower finds, all that is pending in one flush, and
/// waits; the clock nudges it when it is time for a heartbeat, for what is held back, or for the end.
/// </summary>
internal sealed class SseConnection(HttpContext http, Follower follower, IFrames frames, SseClock clock, SseOptions options)
{
    private const int FlushBytes = 32 * 1024;
    private const int ReadEntries = 256;

    private readonly PipeWriter _output = http.Response.BodyWriter;
    private readonly long _endsAt = clock.After(Jitter.Around(options.Lifetime, 0.2));
    private long _silentSince = clock.Now;
    private long _flushSince;
    private long _checkAt;
    private volatile CloseReason _closing;

    public async Task RunAsync(EventStreamRequest request)
    {
        var aborted = http.RequestAborted;
        await using var nudge = aborted.UnsafeRegister(static state => ((Follower)state!).Nudge(), follower);
        Opening.Write(_output, follower, request, options);
        await FlushAsync();
        while (!aborted.IsCancellationRequested && Closing() == CloseReason.None)
        {
            if (await WritePendingAsync(request, aborted))
                return;
            if (await TryEndAsync(aborted))
                return;
            WriteHeartbeat(request);
            await FlushAsync();
            if (frames.DueAt != 0)
                Volatile.Write(ref _checkAt, 0);
            if (follower.IsCaughtUp)
                await follower.WaitAsync();
        }

        await WriteFarewellAsync();
    }

    /// <summary>Ends the response because the store cannot be read just now; the client comes back with what it has.</summary>
    public async Task GiveUpAsync()
    {
        Notice.Write(_output, "server_busy", options);
        await FlushAsync();
    }

    /// <summary>Called by the clock: nudges the connection when something is due, and cuts a client that does not read.</summary>
    public void Check(long now)
    {
        // Ten thousand idle connections are looked at four times a second: each is asked only when its next time has come.
        if (now < Volatile.Read(ref _checkAt))
            return;
        var flushSince = Volatile.Read(ref _flushSince);
        if (flushSince != 0)
        {
            if (now >= clock.After(options.StallTimeout, flushSince))
                http.Abort();
            return;
        }

        if (now >= _endsAt || IsDue(now) || now >= HeartbeatAt)
            follower.Nudge();
        else if (frames.DueAt == 0)
            Volatile.Write(ref _checkAt, Math.Min(_endsAt, HeartbeatAt));
    }

    /// <summary>Asks the connection to end.</summary>
    public void Close(CloseReason reason)
    {
        _closing = reason;
        follower.Nudge();
    }

    private long HeartbeatAt => clock.After(options.Heartbeat, Volatile.Read(ref _silentSince));

    private bool IsDue(long now) => frames.DueAt is not 0 and var due && due <= now;

    private CloseReason Closing() => clock.Now >= _endsAt ? CloseReason.Lifetime : _closing;

    /// <summary>Writes what has gathered; true when the event that ends the response was among it.</summary>
    private async ValueTask<bool> WritePendingAsync(EventStreamRequest request, CancellationToken aborted)
    {
        if (IsDue(clock.Now))
            await frames.WriteDueAsync(_output, aborted);
        var entries = ArrayPool<LogEntry>.Shared.Rent(ReadEntries);
        try
        {
            int count;
            while ((count = await follower.ReadAsync(entries, aborted)) > 0)
            {
                var end = EndOf(entries.AsSpan(0, count), request);
                await frames.WriteAsync(entries.AsMemory(0, end ?? count), _output, aborted);
                if (end is not null)
                {
                    await FlushAsync();
                    return true;
                }

                if (_output.UnflushedBytes <= FlushBytes)
                    continue;
                await FlushAsync();
                if (aborted.IsCancellationRequested || Closing() != CloseReason.None)
                    return false;
            }

            return false;
        }
        finally
        {
            ArrayPool<LogEntry>.Shared.Return(entries, clearArray: true);
        }
    }

    /// <summary>Ends the response where nothing can follow. A client that comes back learns why: 204 after the end of the
    /// stream, <c>resync</c> where the next events were trimmed, nothing where the stream was deleted.</summary>
    private async ValueTask<bool> TryEndAsync(CancellationToken aborted)
    {
        if (follower.IsAtEnd)
            await frames.FinishAsync(_output, aborted);
        else if (!follower.IsCut)
            return false;
        await FlushAsync();
        return true;
    }

    private static int? EndOf(ReadOnlySpan<LogEntry> entries, EventStreamRequest request)
    {
        for (var i = 0; request.EndsAfter is not null && i < entries.Length; i++)
        {
            if (entries[i].Event is { } next && request.EndsAfter(next))
                return i + 1;
        }

        return null;
    }

    private void WriteHeartbeat(EventStreamRequest request)
    {
        if (_output.UnflushedBytes > 0 || clock.Now < HeartbeatAt)
            return;
        _output.Write(": hb\n\n"u8);
        if (!request.Pings)
            return;
        FrameWriter.WriteEvent(_output, "ping", """{"type":"ping"}"""u8);
        FrameWriter.WriteEnd(_output);
    }

    private async ValueTask FlushAsync()
    {
        if (_output.UnflushedBytes == 0)
            return;
        var now = clock.Now;
        Volatile.Write(ref _silentSince, now);
        var flush = _output.FlushAsync(CancellationToken.None);
        if (!flush.IsCompleted)
            Volatile.Write(ref _flushSince, now);
        await flush;
        Volatile.Write(ref _flushSince, 0);
    }

    private async ValueTask WriteFarewellAsync()
    {
        if (http.RequestAborted.IsCancellationRequested || Closing() != CloseReason.Draining)
            return;
        Notice.Write(_output, "server_draining", options);
        await FlushAsync();
    }
}
