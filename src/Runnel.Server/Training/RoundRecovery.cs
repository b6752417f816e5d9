using Runnel.Server.Background;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training;

/// <summary>Goes on, when the server starts, with the rounds that an earlier process left running, each from its last completed
/// step; one that was told to end ends. Then those that waited begin, in their order.</summary>
internal sealed partial class RoundRecovery(
    IServiceScopeFactory scopes,
    RunningTasks tasks,
    RoundQueue queue,
    RoundEnds ends,
    ILogger<RoundRecovery> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await FindAsync(cancellationToken);
        foreach (var waiting in left.Where(round => round.Status == RoundState.Running))
            await GoOnAsync(waiting, cancellationToken);
        if (left.Count > 0)
            Recovered(log, left.Count);
        foreach (var human in left.Select(round => round.DigitalHumanId).Distinct())
            await queue.AdvanceAsync(human);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task GoOnAsync(WaitingRound waiting, CancellationToken cancellationToken)
    {
        var round = waiting.ToRound();
        if (waiting.EndRequested is { } code)
            await ends.WriteAsync(round, RoundFailure.Requested(code), cancellationToken);
        else if (tasks.TryEnter())
            queue.Start(round);
    }

    private async Task<List<WaitingRound>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return await RoundRows.ReadUnfinishedAsync(database, null, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "Going on with {Rounds} training rounds of an earlier process.")]
    private static partial void Recovered(ILogger log, int rounds);
}
