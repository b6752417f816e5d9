using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Stopping;

/// <summary>Makes ready, once the server has started, what the first stop would wait for: its queries, and the code around them.
/// A stop is to let go of the model at once, also the first.</summary>
internal sealed partial class FirstStop(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<FirstStop> log) : BackgroundService
{
    private const string Nobody = "nobody";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task.WaitAsync(stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var stop = scope.ServiceProvider.GetRequiredService<TurnStop>();
            var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
            await OwnConversations.FindAsync(database, Nobody, Nobody, stoppingToken);
            await stop.StopAsync(Nobody, new StopRequest(null, null), stoppingToken);
            await stop.StopAsync(Nobody, new StopRequest(Nobody, null), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            NotReady(log, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The first stop will take longer.")]
    private static partial void NotReady(ILogger log, Exception exception);
}
