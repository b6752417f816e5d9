using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Soak;

/// <summary>The real server, which dies now and then. Who asks it something meanwhile waits until it is there again, and asks
/// again: whatever is asked must bear that.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LivingServer _server;
    private readonly SoakTally _tally;
    private volatile Task<Speaker> _life;

    private SoakServer(LivingServer server, SoakTally tally) =>
        (_server, _tally, _life) = (server, tally, Task.FromResult(server.Speaker));

    public static async Task<SoakServer> StartAsync(SoakTally tally) => new(
        await LivingServer.StartAsync(
            "Models:Timeouts:FirstTokenSeconds=1", "Models:Timeouts:StallSeconds=1", "Models:Providers:0:RetryAfterText=true",
            "Limits:RunningTurnsPerUser=1000", "Limits:StreamsPerUser=1000", "Logging:LogLevel:Default=Error",
            "Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"),
        tally);

    /// <summary>Asks for as long as it takes to be answered.</summary>
    public async Task<T> AskAsync<T>(Func<Speaker, Task<T>> ask)
    {
        while (true)
        {
            if (await TryAskAsync(ask) is (true, var answer))
                return answer!;
            _tally.Count("requests cut by a kill");
        }
    }

    /// <summary>Asks once; false when the server died meanwhile.</summary>
    public async Task<(bool IsAnswered, T? Answer)> TryAskAsync<T>(Func<Speaker, Task<T>> ask)
    {
        var life = _life;
        var speaker = await life.WaitAsync(Patience);
        try
        {
            return (true, await ask(speaker));
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException && life != _life)
        {
            return (false, default);
        }
    }

    public async Task DieAsync()
    {
        var next = new TaskCompletionSource<Speaker>(TaskCreationOptions.RunContinuationsAsynchronously);
        _life = next.Task;
        try
        {
            await _server.Process.SignalAsync("KILL");
            await _server.Process.ExitAsync();
            await _server.StartAgainAsync();
            _tally.Count("kills");
            next.SetResult(_server.Speaker);
        }
        catch (Exception fault)
        {
            next.SetException(fault);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
