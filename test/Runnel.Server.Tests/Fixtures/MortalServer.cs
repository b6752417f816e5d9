namespace Runnel.Server.Tests.Fixtures;

/// <summary>One server for the tests of a class, each of which finds it alive and may kill it.</summary>
public sealed class MortalServer : IAsyncDisposable
{
    private LivingServer? _server;

    /// <param name="settings">Those of the class: the first test that asks starts it with them.</param>
    public async Task<LivingServer> AliveAsync(params string[] settings)
    {
        _server ??= await LivingServer.StartAsync(settings);
        if (_server.Process.HasEnded)
            await _server.StartAgainAsync();
        return _server;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
