using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Gates.Counting;

/// <summary>Tells the other servers how many streams readers have open here, and hears how many they have there. Thread-safe.</summary>
internal sealed class CountedStreams(
    OpenStreamRows rows, StreamPlaces places, StreamsElsewhere elsewhere, IOptions<LimitsOptions> limits,
    TimeProvider time) : IDisposable
{
    private const int Page = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, byte> _changed = new();
    // What was counted later is told later.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Begins to watch. To be called before anybody is let in.</summary>
    /// <param name="hasChanged">Is told, often, that there is something to tell.</param>
    public void Begin(Action hasChanged)
    {
        places.Changed = reader =>
        {
            _changed[reader] = 0;
            hasChanged();
        };
        elsewhere.Ask = LeavesRoomAsync;
    }

    /// <summary>Tells what has changed, and hears of the same readers. What cannot be told is told the next time.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty || !rows.CanTell)
            return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await rows.IsNewAsync(cancellationToken))
                Mark(places.Readers());
            foreach (var readers in _changed.Keys.Chunk(Page))
                await TellAsync(readers, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes what this server told back.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        rows.CanTell ? rows.LeaveAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => _gate.Dispose();

    private async Task TellAsync(string[] readers, CancellationToken cancellationToken)
    {
        foreach (var reader in readers)
            _changed.TryRemove(reader, out _);
        try
        {
            var heard = await rows.TellAsync(readers, Array.ConvertAll(readers, places.CountOf), cancellationToken);
            foreach (var reader in readers)
                elsewhere.Hear(reader, heard.GetValueOrDefault(reader));
        }
        catch
        {
            Mark(readers);
            throw;
        }
    }

    private async ValueTask<bool> LeavesRoomAsync(string reader, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await _gate.WaitAsync(end.Token);
            try
            {
                return await rows.TryEnterAsync(reader, places.CountOf(reader), limits.Value.StreamsPerUser, end.Token);
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (Exception exception) when (
            exception is DbException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // While the database is away each server counts alone.
            return true;
        }
    }

    private void Mark(IEnumerable<string> readers)
    {
        foreach (var reader in readers)
            _changed[reader] = 0;
    }
}
