using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Runnel.Server.Tests.Crash;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster.People;

/// <summary>
/// Somebody who follows one stream from its first event through the proxy, and goes on with the cursor after every break: each time
/// at another server, as the proxy chooses. What comes must be the next event; <see cref="Transcript"/> sees to that.
/// </summary>
internal sealed class Roamer(HttpClient client, Crowd crowd, string path, Random random, bool isRestless)
{
    private const int Longest = 200;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ends = new();
    private long _heardAt = Stopwatch.GetTimestamp();
    private bool _isRefused;

    /// <summary>Locked while it grows.</summary>
    public Transcript Seen { get; } = new(path, "0");

    public string Cursor
    {
        get
        {
            lock (Seen)
                return Seen.Cursor;
        }
    }

    /// <summary>Fails when anything came that should not.</summary>
    public Task Following { get; private set; } = Task.CompletedTask;

    public void Begin(CancellationToken end) => Following = FollowAsync(end);

    /// <summary>Completes when a turn has been shown to its end.</summary>
    public Task EndOf(string turn) => Ended(turn).Task;

    private TaskCompletionSource Ended(string turn) =>
        _ends.GetOrAdd(turn, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task FollowAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(end);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
            {
                // Thirty seconds without a word, which is two heartbeats, are a break as well.
                crowd.Sightings.Answered("stream broken");
            }

            // Those that are refused come back after what Retry-After says, with jitter.
            await PauseAsync(random.Next(_isRefused ? 1000 : 50, _isRefused ? 1500 : 500), end);
        }
    }

    private async Task PauseAsync(int milliseconds, CancellationToken end)
    {
        try
        {
            await Task.Delay(milliseconds, end); // polls: as clients do before they come back
        }
        catch (OperationCanceledException)
        {
            // They leave.
        }
    }

    private async Task ReadAsync(CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "?accumulated=false");
        var cursor = Cursor;
        request.Headers.Add("Last-Event-ID", cursor);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        crowd.Sightings.Answered($"stream {(int)answer.StatusCode}");
        _isRefused = answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable;
        if (_isRefused)
            return;
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}");
        using var stream = await SseReader.OfAsync(answer);
        using var leaving = end.Register(answer.Dispose);
        if (await stream.TryNextAsync() is not { Id.Length: > 0 } first)
            return;
        Assert.True(first.Event == "connected" && (cursor == "0" || first.Id == cursor), $"{path} after {cursor} began with {first}");
        for (var most = isRestless ? random.Next(1, Longest) : int.MaxValue; most > 0; most--)
        {
            if (await stream.TryNextAsync() is not { Id.Length: > 0 } next)
                return;
            See(next);
        }
    }

    private void See(SseEvent next)
    {
        crowd.Sightings.Heard(_heardAt);
        _heardAt = Stopwatch.GetTimestamp();
        lock (Seen)
            Seen.Add(next);
        if (!next.IsEnd())
            return;
        if (next.Event == TurnEvents.Error)
            crowd.Sightings.Interrupted(next.Text("turn_id"));
        Ended(next.Text("turn_id")).TrySetResult();
    }
}
