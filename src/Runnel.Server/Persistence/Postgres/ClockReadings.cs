using System.Data.Common;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Persistence.Postgres;

/// <summary>Reads the database's clock before anything else asks for the time, and again every minute.</summary>
internal sealed partial class ClockReadings(
    IServiceProvider services, DatabaseClock clock, ILogger<ClockReadings> log) : BackgroundService, IHostedLifecycleService
{
    private const int Tries = 5;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>So far off the operator should know: logs and certificates follow the machine's clock.</summary>
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(1);

    private TimeSpan _told;

    public Task StartingAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                NotRead(log, exception);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; !await TryReadAsync(cancellationToken); tries++)
        {
            if (tries == Tries)
            {
                Inexact(log);
                return;
            }

            await Task.Delay(RetryAfter, clock, cancellationToken);
        }

        if ((clock.Behind - _told).Duration() <= Tolerable)
            return;
        _told = clock.Behind;
        IsOff(log, -Math.Round(_told.TotalSeconds, 1));
    }

    private async Task<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        // Not a constructor parameter: a connection string that cannot be read is a failure of the start.
        var database = services.GetRequiredService<PostgresDatabase>();
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select clock_timestamp()";
        var asked = clock.GetTimestamp();
        var read = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        return clock.TryTake(new DateTimeOffset(read.ToUniversalTime()), asked);
    }

    [LoggerMessage(1, LogLevel.Warning, "The machine's clock is off by {Seconds} s from the database's, which is followed. Set it right.")]
    private static partial void IsOff(ILogger log, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "The database's clock could not be read; time goes on as it did, and it is read again.")]
    private static partial void NotRead(ILogger log, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The database takes too long to tell the time; it is asked again in a minute.")]
    private static partial void Inexact(ILogger log);
}
