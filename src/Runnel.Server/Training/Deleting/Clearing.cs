using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Runnel.Server.Background;
using Runnel.Server.Persistence;

namespace Runnel.Server.Training.Deleting;

/// <summary>Deletes what belongs to a digital human that is hidden: slice by slice, so that whoever else writes waits for one of
/// them at most, and then its row. Several may do so at once. Thread-safe.</summary>
internal sealed partial class Clearing(
    IServiceScopeFactory scopes, RunningTasks tasks, Erasure erasure, TimeProvider time, ILogger<Clearing> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, byte> _begun = [];

    /// <summary>In the background, unless that has begun; when the server is stopping, what is left waits for the next
    /// start.</summary>
    public void Begin(long digitalHumanId)
    {
        if (!_begun.TryAdd(digitalHumanId, 0))
            return;
        if (!tasks.TryEnter())
        {
            _begun.TryRemove(digitalHumanId, out _);
            return;
        }

        var id = digitalHumanId.ToString(CultureInfo.InvariantCulture);
        tasks.Start("clearing/" + id, signals => PersistAsync(digitalHumanId, signals.Shutdown), Ended);

        Task Ended()
        {
            _begun.TryRemove(digitalHumanId, out _);
            return Task.CompletedTask;
        }
    }

    /// <summary>To its end.</summary>
    public async Task RunAsync(long digitalHumanId, CancellationToken giveUp)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        foreach (var table in ClearedTable.All)
        {
            var began = time.GetTimestamp();
            while (await database.ExecuteSqlRawAsync(table.Delete, [digitalHumanId], giveUp) > 0
                || await IsLeftAsync(database, table, digitalHumanId, giveUp))
            {
                // As long as the slice took, for others: whoever asks to write again at once is let in again before them.
                var took = Math.Ceiling(time.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(took), time, giveUp);
                began = time.GetTimestamp();
            }
        }

        await database.ExecuteSqlAsync(
            $"delete from digital_humans where id = {digitalHumanId} and deleted_at is not null", giveUp);
        erasure.Soon();
    }

    /// <summary>Of two who delete the same slice, one deletes nothing.</summary>
    private static Task<bool> IsLeftAsync(
        DatabaseFacade database, ClearedTable table, long digitalHumanId, CancellationToken cancellationToken) =>
        database.SqlQueryRaw<long>(table.Find, digitalHumanId).AnyAsync(cancellationToken);

    /// <summary>While that cannot be committed, it is tried again, until the server stops.</summary>
    private async Task PersistAsync(long digitalHumanId, CancellationToken shutdown)
    {
        while (!shutdown.IsCancellationRequested)
        {
            try
            {
                await RunAsync(digitalHumanId, shutdown);
                return;
            }
            catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                CannotClear(log, digitalHumanId, exception);
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What belonged to digital human {DigitalHumanId} cannot be deleted yet.")]
    private static partial void CannotClear(ILogger log, long digitalHumanId, Exception exception);
}
