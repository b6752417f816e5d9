using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Runnel.Server.Persistence.Keys;

/// <summary>Sees to it, before anybody signs anything, that there is a key. Of several servers that start at once on an empty
/// database one makes it and the others find it: each reads the keys once a day, and would not know another's.</summary>
internal sealed class FirstKey(
    IServerLocks locks, IKeyManager keys, IOptions<KeyManagementOptions> options, TimeProvider time)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        locks.WaitAsync("first key", MakeIfMissingAsync, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task MakeIfMissingAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now))
            keys.CreateNewKey(now, now + options.Value.NewKeyLifetime);
        return Task.CompletedTask;
    }
}
