using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Server.Tests.Accounts.Closing;

/// <summary>The real log, but an append that deletes a stream comes back only when what it deleted is erased from the files.</summary>
internal sealed class ErasingStreams(IEventStreams streams, string directory) : IEventStreams
{
    public async Task<AppendReceipt> AppendAsync(Append append)
    {
        var receipt = await streams.AppendAsync(append);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var log = new FileInfo(Path.Combine(directory, "runnel.db-wal"));
        for (log.Refresh(); append.Deletes.Count > 0 && log.Length > 0; log.Refresh())
            await Task.Delay(20, patience.Token); // polls: nobody is told when the store has erased
        return receipt;
    }

    public ValueTask<Follower?> FollowAsync(StreamName stream, StartPosition start, CancellationToken cancellationToken) =>
        streams.FollowAsync(stream, start, cancellationToken);

    public ValueTask<T?> ReadStateAsync<T>(
        StreamName stream, Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken) =>
        streams.ReadStateAsync(stream, read, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        streams.ReadAsync(stream, after, maxBytes, cancellationToken);
}
