using System.Data.Common;
using System.Threading.Channels;

namespace Runnel.Server.Gates.Counting;

/// <summary>
/// Servers on one database count requests together. A request is decided by what is known here; what was counted here is told,
/// and what all have counted is heard, 0.2 s later at most and sooner for a caller in a hurry, in one statement for all callers.
/// So is told which streams have closed. While the database is away each server counts alone.
/// </summary>
internal sealed partial class CountedTogether(
    Allowances allowances, AllowanceRows rows, CountedStreams streams, TimeProvider time, ILogger<CountedTogether> log)
    : BackgroundService
{
    /// <summary>How long what was counted may be untold.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>How often it is looked whether somebody is in a hurry.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _bell =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // A twentieth of what a caller may have in a minute.
    private readonly int _much = (int)Math.Max(1, TimeSpan.FromMinutes(1) / allowances.Each / 20);
    private volatile bool _isMuch;
    private bool _isAlone;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody is let in.
        allowances.Counted = HasCounted;
        streams.Begin(() => _bell.Writer.TryWrite(true));
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await streams.EndAsync(cancellationToken);
        }
        catch (DbException)
        {
            // What a server has told counts no more once it is gone.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _bell.Reader.WaitToReadAsync(stoppingToken))
        {
            for (var waited = TimeSpan.Zero; waited < Period && !_isMuch; waited += Look)
                await Task.Delay(Look, time, stoppingToken);
            _bell.Reader.TryRead(out _);
            _isMuch = false;
            if (!await TryTellAsync(stoppingToken))
                // Not in step with the others, who would all come back at once.
                await Task.Delay(RetryAfter * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
        }
    }

    private void HasCounted(int untold)
    {
        if (untold >= _much)
            _isMuch = true;
        _bell.Writer.TryWrite(true);
    }

    private async Task<bool> TryTellAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What fails is not told again: it may have been heard, and here it counts anyway.
            foreach (var (caller, until) in await rows.AddAsync(allowances.TakeUntold(), allowances.Each, cancellationToken))
                allowances.Hear(caller, until);
            await streams.TellAsync(cancellationToken);
            _isAlone = false;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isAlone)
                Alone(log, exception);
            _isAlone = true;
            // There is something to tell still.
            _bell.Writer.TryWrite(true);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Servers cannot count requests and streams together just now: each counts its own.")]
    private static partial void Alone(ILogger log, Exception exception);
}
