using System.Globalization;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private bool _hearsItself;

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
                await using var connection = await database.ConnectToListenAsync(cancellationToken);
                connection.Notification += (_, notification) => Take(notification, incarnation, heard, signalled);
                await ListenAsync(connection, incarnation, cancellationToken);
                pause = LongestPause / 20;
                heard([]);
                await HearOneselfAsync(connection, incarnation, cancellationToken);
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

    private static async Task ListenAsync(NpgsqlConnection connection, long incarnation, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Names of channels, which are no parameters; the last one is a number.
        await using var listen = new NpgsqlCommand(
            $"listen {NewsCodec.Channel}; listen {Signals}; listen {OwnChannel(incarnation)}", connection);
#pragma warning restore CA2100
        await listen.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls on another connection: a pooler may have taken the listening for an ordinary transaction, and nobody would
    /// notice but by the delay.</summary>
    private async Task HearOneselfAsync(NpgsqlConnection connection, long incarnation, CancellationToken cancellationToken)
    {
        _hearsItself = false;
        await using var call = database.Pool.CreateCommand("select pg_notify($1, '')");
        call.Parameters.Add(new() { Value = OwnChannel(incarnation) });
        await call.ExecuteNonQueryAsync(cancellationToken);
        for (var began = time.GetTimestamp(); !_hearsItself && time.GetElapsedTime(began) < Patience;)
            await connection.WaitAsync(Patience, cancellationToken);
        if (!_hearsItself)
            HearsNothing(log);
    }

    private void Take(
        NpgsqlNotificationEventArgs notification,
        long incarnation,
        Action<IReadOnlyList<StreamMove>> heard,
        Action<string> signalled)
    {
        if (notification.Channel == NewsCodec.Channel)
        {
            Take(notification.Payload, incarnation, heard);
        }
        else if (notification.Channel == Signals)
        {
            signalled(notification.Payload);
        }
        else
        {
            _hearsItself = true;
            metrics.Listening();
        }
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

    private static string OwnChannel(long incarnation) =>
        string.Create(CultureInfo.InvariantCulture, $"runnel_{incarnation}");

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(1, LogLevel.Warning, "The line to the other processes was lost; what they write is found by asking until it is back.")]
    private static partial void LineLost(ILogger log, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The line to the other processes is silent: does it pass a pooler that shares sessions "
        + "between transactions? Give the listener a connection string of its own. Until then what others write comes seconds late.")]
    private static partial void HearsNothing(ILogger log);
}
