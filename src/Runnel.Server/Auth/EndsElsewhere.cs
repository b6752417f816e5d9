using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Background;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth;

/// <summary>
/// Another process may end a session, a key or an account that open streams of this one depend on. It tells; and since what is
/// told may be lost, all that are watched are asked for again every other second, in one query.
/// </summary>
internal sealed partial class EndsElsewhere(
    IServiceScopeFactory scopes, SignedIn sessions, Signals signals, TimeProvider time, ILogger<EndsElsewhere> log)
    : BackgroundService
{
    private const string End = "end";

    // With the query well within the five seconds that a session is believed to be as it was.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly PeriodicTimer _timer = new(Period, time);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signals.Hear(End, sessions.HasEndedElsewhere);
        sessions.Ended = id => _ = signals.TellAsync(End, id);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotAsked(log, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var watched = sessions.Watched;
        if (watched.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var good = await GoodAsync(scope.ServiceProvider.GetRequiredService<RunnelDbContext>(), watched, cancellationToken);
        foreach (var ended in watched.Except(good))
            sessions.HasEndedElsewhere(ended);
    }

    private Task<List<string>> GoodAsync(
        RunnelDbContext database, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // As one parameter, however many there are.
        var going = database.Set<Session>()
            .Where(session => EF.Parameter(ids).Contains(session.SessionId) && session.RevokedAt == null && session.ExpiresAt > now)
            .Select(session => session.SessionId);
        var keys = database.Set<ApiKey>()
            .Where(key => EF.Parameter(ids).Contains(key.KeyId) && key.RevokedAt == null).Select(key => key.KeyId);
        var accounts = database.Users
            .Where(user => EF.Parameter(ids).Contains(user.Id) && user.ClosedAt == null).Select(user => user.Id);
        return going.Concat(keys).Concat(accounts).ToListAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "It could not be asked whether sessions with open streams go on; it is asked again.")]
    private static partial void NotAsked(ILogger log, Exception exception);
}
