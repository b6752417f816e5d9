using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.AspNetCore.Metrics;
using Runnel.Streams.AspNetCore.Pages;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Streams.AspNetCore;

/// <summary>
/// Answers requests with event streams over Kestrel, HTTP/1.1 and HTTP/2. Headers and the first event are flushed at once.
/// Thread-safe.
/// </summary>
public sealed class SseStreams : IDisposable
{
    private static readonly TimeSpan DrainStep = TimeSpan.FromMilliseconds(20);

    private readonly IEventStreams _streams;
    private readonly SseClock _clock;
    private readonly AccumulatedTexts _texts;
    private readonly SseOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _draining = new();

    internal SseStreams(
        IEventStreams streams, SseClock clock, AccumulatedTexts texts, IOptions<SseOptions> options, TimeProvider time) =>
        (_streams, _clock, _texts, _options, _time) = (streams, clock, texts, options.Value, time);

    /// <summary>How many responses are open.</summary>
    public int OpenCount => _clock.OpenCount;

    /// <summary>Whether new streams are turned away because the server is stopping.</summary>
    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Follows a stream until the client leaves, the planned end of the response, the end of the stream, its deletion, or
    /// <see cref="Drain"/>. A client whose cursor is at the end of a stream that has ended gets 204, after which
    /// <c>EventSource</c> does not come back. False, with nothing written, when there is no such stream.</summary>
    public async Task<bool> TryRunAsync(HttpContext http, EventStreamRequest request)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(request);
        if (await _streams.FollowAsync(request.Stream, request.Start, http.RequestAborted) is not { } follower)
            return false;
        using (follower)
        {
            if (request.Start.After is not null && follower is { IsAtEnd: true, Resync: ResyncReason.None })
            {
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return true;
            }

            Begin(http);
            if (!HttpMethods.IsHead(http.Request.Method))
                await FollowAsync(http, request, follower);
        }

        return true;
    }

    /// <summary>Answers with a page of a stream as JSON; see <see cref="EventPageRequest"/>. False, with nothing written, when
    /// there is no such stream.</summary>
    public async Task<bool> TryWritePageAsync(HttpContext http, EventPageRequest request)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(request);
        if (await _streams.FollowAsync(request.Stream, request.Start, http.RequestAborted) is not { } follower)
            return false;
        using (follower)
        {
            var page = await new EventPage(follower, request, _time, _draining.Token).ReadAsync(_options, http.RequestAborted);
            http.Response.ContentType = "application/json";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.BodyWriter.WriteAsync(page, http.RequestAborted);
        }

        return true;
    }

    /// <summary>Answers a client that can only read events, not a status (<c>EventSource</c> gives up for ever on any other than
    /// 200), with <c>server_draining</c> or <c>server_busy</c> and when to come back.</summary>
    public async Task RefuseAsync(HttpContext http, bool busy)
    {
        ArgumentNullException.ThrowIfNull(http);
        _clock.Metrics.Refused();
        Begin(http);
        Notice.Write(http.Response.BodyWriter, busy ? "server_busy" : "server_draining", _options);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>Turns new streams away and ends the open ones with <c>server_draining</c>; their clients lose nothing.</summary>
    public void Drain()
    {
        _draining.Cancel();
        _clock.CloseAll(CloseReason.Draining);
    }

    /// <summary>The same, little by little: the open ones end one after the other over a time, so that they do not all come to
    /// another server at once. New ones are turned away from the beginning.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what is still open stays so.</exception>
    public async Task DrainAsync(TimeSpan window, CancellationToken cancellationToken)
    {
        await _draining.CancelAsync();
        var open = _clock.Open;
        var began = _time.GetTimestamp();
        for (var i = 0; i < open.Count; i++)
        {
            var due = (window * i / open.Count) - _time.GetElapsedTime(began);
            // Several at a time, where they follow each other faster than timers do.
            if (due > DrainStep)
                await Task.Delay(due, _time, cancellationToken);
            open[i].Close(CloseReason.Draining);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _draining.Dispose();

    private async Task FollowAsync(HttpContext http, EventStreamRequest request, Follower follower)
    {
        IFrames frames = request.Accumulated
            ? new AccumulatedFrames(follower, _texts, _time)
            : new PlainFrames(follower);
        var connection = new SseConnection(http, follower, frames, _clock, _options)
        {
            AllowedUntil = request.AllowedUntil is { } until ? _clock.At(until) : long.MaxValue,
        };
        var cause = CloseCause.Error;
        _clock.Add(connection);
        try
        {
            if (IsDraining)
                connection.Close(CloseReason.Draining);
            await connection.RunAsync(request);
            cause = connection.Cause;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left while something was read for it.
            cause = connection.Cause;
        }
        catch (StoreUnavailableException)
        {
            // After the first byte a failure is an event, not a status; frames are whole up to here.
            cause = CloseCause.Store;
            await connection.GiveUpAsync();
        }
        finally
        {
            connection.End();
            _clock.Remove(connection);
            _clock.Metrics.Closed(cause);
        }
    }

    private static void Begin(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Kestrel's minimum rate does not see a client that stopped reading a quiet stream; our own clock does.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && !HttpProtocol.IsHttp2(http.Request.Protocol))
            rate.MinDataRate = null;
    }
}
