using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.AspNetCore.Metrics;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>
/// One open response. It says where it stands, then writes whatever its follower finds, all that is pending in one flush, and
/// waits; the clock nudges it when it is time for a heartbeat, for what is held back, or for the end.
/// </summary>
internal sealed class SseConnection(HttpContext http, Follower follower, IFrames frames, SseClock clock, SseOptions options)
{
    private const int FlushBytes = 32 * 1024;
    private const int PieceBytes = 64 * 1024;

    private readonly PipeWriter _output = http.Response.BodyWriter;
    private readonly long _endsAt = clock.After(Jitter.Around(options.Lifetime, 0.2));
    private readonly SseFlush _flush = new(http.Response.BodyWriter, new SocketProgress(http), clock, clock.Metrics);
    private readonly OngoingRequest _request = new(http);
    private volatile CloseReason _closing;
    private volatile bool _stalled;
    private long _ownFrames;

    /// <summary>Its place among the open responses.</summary>
    public OpenPlace Place { get; set; }

    /// <summary>Until when its reader may read, as a timestamp.</summary>
    public long AllowedUntil { get; init; } = long.MaxValue;

    /// <summary>Where it is just now. May be read from any thread.</summary>
    public StreamState State
    {
        get
        {
            if (_closing == CloseReason.Draining)
                return StreamState.Draining;
            if (follower.Number < follower.End)
                return StreamState.Replaying;
            return follower.IsCaughtUp && _flush.WaitingSince == 0 ? StreamState.Live : StreamState.Lagging;
        }
    }

    /// <summary>Why it ended, once it has.</summary>
    public CloseCause Cause => http.RequestAborted.IsCancellationRequested
        ? _stalled ? CloseCause.Stalled : CloseCause.Client
        : _closing switch
        {
            CloseReason.Lifetime => CloseCause.Lifetime,
            CloseReason.Draining => CloseCause.Draining,
            CloseReason.Credential => CloseCause.Credential,
            _ => CloseCause.End,
        };

    public async Task RunAsync(EventStreamRequest request)
    {
        var aborted = http.RequestAborted;
        await using var nudge = aborted.UnsafeRegister(static state => ((Follower)state!).Nudge(), follower);
        await using var revoked = request.Revoked.UnsafeRegister(
            static state => ((SseConnection)state!).Close(CloseReason.Credential), this);
        if (clock.Now >= AllowedUntil)
            Close(CloseReason.Credential);
        if (_closing == CloseReason.Credential)
            return;
        Opening.Write(_output, follower, request, options);
        _ownFrames++;
        await FlushAsync();
        // The event that ends the response was given up: it would never come.
        if (request.EndsAfter is not null && follower.Resync == ResyncReason.Retention)
            return;
        while (!aborted.IsCancellationRequested && _closing == CloseReason.None)
        {
            if (await WritePendingAsync(request, aborted))
                return;
            if (await TryEndAsync(aborted))
                return;
            WriteHeartbeat(request);
            await FlushAsync();
            if (frames.DueAt != 0)
                Place.CheckAt(0);
            if (follower.IsCaughtUp)
                await follower.WaitAsync();
        }

        // What was appended before the server said that it stops: the end of a turn, which it has waited for.
        if (aborted.IsCancellationRequested || _closing == CloseReason.Credential || await WritePendingAsync(request, aborted))
            return;
        if (_closing == CloseReason.Draining && !aborted.IsCancellationRequested)
            await SayAsync("server_draining");
    }

    /// <summary>Ends the response because the store cannot be read just now; the client comes back with what it has.</summary>
    public async Task GiveUpAsync() => await SayAsync("server_busy");

    /// <summary>Says that the response is over: a clock that has just found it leaves its request alone.</summary>
    public void End() => _request.End();

    /// <summary>Called by the clock when its time has come: nudges the connection when something is due, and cuts a client that
    /// does not read.</summary>
    public void Check(long now)
    {
        if (now >= AllowedUntil)
            Close(CloseReason.Credential);
        if (_flush.WaitingSince != 0)
        {
            if (_closing == CloseReason.Credential)
                _request.Abort();
            _flush.NoteProgress(now);
            if (_flush.WaitingSince is not 0 and var since && now >= clock.After(options.StallTimeout, since))
            {
                _stalled = true;
                _request.Abort();
            }

            return;
        }

        if (now >= _endsAt)
            Close(CloseReason.Lifetime);
        else if (IsDue(now) || now >= HeartbeatAt)
            follower.Nudge();
        else
            Place.CheckAt(Math.Min(Math.Min(_endsAt, AllowedUntil), HeartbeatAt));
        // It may have been held back just before the next time was noted.
        if (frames.DueAt != 0)
            Place.CheckAt(0);
    }

    /// <summary>Asks the connection to end.</summary>
    public void Close(CloseReason reason)
    {
        if (_closing == CloseReason.None || reason == CloseReason.Credential)
            _closing = reason;
        // One that waits for its client does not notice by itself.
        if (reason == CloseReason.Credential)
            Place.CheckAt(0);
        follower.Nudge();
    }

    private long HeartbeatAt => clock.After(options.Heartbeat, _flush.SilentSince);

    private bool IsDue(long now) => frames.DueAt is not 0 and var due && due <= now;

    /// <summary>Writes what has gathered; true when the event that ends the response was among it.</summary>
    private async ValueTask<bool> WritePendingAsync(EventStreamRequest request, CancellationToken aborted)
    {
        if (follower.IsCaughtUp && frames.DueAt == 0)
            return false;
        var scratch = Scratch.Rent();
        try
        {
            if (frames.DueAt != 0 && IsDue(clock.Now))
                await frames.WriteDueAsync(scratch.Frames, aborted);
            await MoveAsync(scratch);
            int count;
            while ((count = await follower.ReadAsync(scratch.Entries, aborted)) > 0)
            {
                var entries = scratch.Take(count);
                if (entries.Span[0].Number > follower.End)
                    _flush.Take(entries.Span[0]);
                var (shown, ends) = Selection.Of(entries.Span, request);
                await frames.WriteAsync(entries[..shown], scratch.Frames, aborted);
                var isLarge = await MoveAsync(scratch);
                if (ends)
                {
                    await FlushAsync();
                    return true;
                }

                if (!isLarge && _output.UnflushedBytes <= FlushBytes)
                    continue;
                await FlushAsync();
                if (aborted.IsCancellationRequested || _closing != CloseReason.None)
                    return false;
            }

            return false;
        }
        finally
        {
            Scratch.Return(scratch);
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

    /// <summary>What is large goes in pieces, so that each that the client takes is progress; true when it did.</summary>
    private async ValueTask<bool> MoveAsync(Scratch scratch)
    {
        var left = scratch.Frames.WrittenMemory;
        var isLarge = left.Length > PieceBytes;
        for (; left.Length > PieceBytes; left = left[PieceBytes..])
        {
            _output.Write(left.Span[..PieceBytes]);
            await FlushAsync();
        }

        if (left.Length > 0)
            _output.Write(left.Span);
        scratch.Frames.ResetWrittenCount();
        return isLarge;
    }

    private void WriteHeartbeat(EventStreamRequest request)
    {
        if (_output.UnflushedBytes > 0 || clock.Now < HeartbeatAt)
            return;
        _output.Write(": hb\n\n"u8);
        clock.Metrics.HeartbeatSent();
        if (!request.Pings)
            return;
        FrameWriter.WriteEvent(_output, "ping", """{"type":"ping"}"""u8);
        FrameWriter.WriteEnd(_output);
        _ownFrames++;
    }

    private ValueTask FlushAsync() => _flush.RunAsync(_ownFrames + frames.Count);

    private ValueTask SayAsync(string notice)
    {
        Notice.Write(_output, notice, options);
        _ownFrames++;
        return FlushAsync();
    }
}
