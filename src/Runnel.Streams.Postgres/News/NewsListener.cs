using Microsoft.Extensions.Logging;
using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.News;

/// <summary>
/// Listens to what other processes commit, on a connection of its own. When the connection is lost it comes back after a
/// random moment, and says that something may have been missed.
/// </summary>
internal sealed partial class NewsListener(
    PostgresDatabase database, SharedLogMetrics metrics, TimeProvider time, ILogger log)
{
    /// <summary>The channel of what processes tell each other beside the log.</summary>
    public const string Signals = "runnel_signals";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Listens until it is cancelled.</summary>
    /// <param name="incarnation">Whose own commits are passed over.</param>
    /// <param name="heard">Takes the moves, one call at a time; an empty list says that some may have been missed.</param>
    /// <param name="signalled">Takes signals, one call at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        long incarnation,
        Action<IReadOnlyList<StreamMove>> heard,
        Action<string> signalled,
        CancellationToken cancellationToken)
    {
        for (var pause = LongestPause / 20; !cancellationToken.IsCancellationRequested; pause = Longer(pause))
        {
            try
            {
                await using var connection = await database.ConnectAloneAsync(cancellationToken);
                connection.Notification += (_, notification) =>
                {
                    if (notification.Channel == Signals)
                        signalled(notification.Payload);
                    else
                        Take(notification.Payload, incarnation, heard);
                };
                await ListenAsync(connection, cancellationToken);
                metrics.Listening();
                pause = LongestPause / 20;
                heard([]);
                while (true)
                    await connection.WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
            {
                metrics.LineLost();
                LineLost(log, exception);
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private static async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var listen = new NpgsqlCommand($"listen {NewsCodec.Channel}; listen {Signals}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Take(string payload, long incarnation, Action<IReadOnlyList<StreamMove>> heard)
    {
        metrics.Heard(payload.Length);
        // What cannot be read is of a newer version, in a rolling upgrade say: it is found by asking.
        if (TryRead(payload) is not { } news)
            heard([]);
        else if (news.Incarnation != incarnation && news.Moves.Count > 0)
            heard(news.Moves);
    }

    private static (long Incarnation, List<StreamMove> Moves)? TryRead(string payload)
    {
        try
        {
            return NewsCodec.Read(Convert.FromBase64String(payload));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(1, LogLevel.Warning, "The line to the other processes was lost; what they write is found by asking until it is back.")]
    private static partial void LineLost(ILogger log, Exception exception);
}
