using Microsoft.Extensions.Logging;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;

namespace Runnel.Streams.Postgres.Compacting;

/// <summary>Has the journal compacted, again and again, and says how much it holds.</summary>
internal sealed partial class Compaction(PostgresDatabase database, SharedLogMetrics metrics, TimeProvider time, ILogger log)
{
    /// <summary>The journal is measured after so many rounds: it is cheap, but every process does it.</summary>
    private const int RoundsPerMeasurement = 5;

    private readonly Compactor _compactor = new(database, metrics);

    /// <summary>Compacts until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(database.Options.CompactionPeriod, time);
        for (var round = 1; await timer.WaitForNextTickAsync(cancellationToken); round++)
        {
            try
            {
                // Before it compacts: where that fails, how much has gathered must be seen.
                if (round % RoundsPerMeasurement == 0)
                    await _compactor.MeasureAsync(cancellationToken);
                await RunOnceAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was: without compaction the journal would grow until the end.
                Failed(log, exception);
                metrics.CompactionFailed();
            }
        }
    }

    /// <summary>Compacts what the journal holds now.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await _compactor.StepAsync(cancellationToken))
        {
            // The next slice.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Compaction failed; nothing is lost, it is tried again.")]
    private static partial void Failed(ILogger log, Exception exception);
}
