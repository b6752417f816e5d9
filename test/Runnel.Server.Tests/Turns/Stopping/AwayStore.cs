using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>The store of a server, which can commit nothing while it is away.</summary>
internal sealed class AwayStore(IStreamStore inner) : IStreamStore, IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _refused = new(0);

    public bool IsAway { get; set; }

    /// <summary>Puts one in the place of whatever store was registered.</summary>
    public static void Register(IServiceCollection services)
    {
        var store = services.Single(service => service.ServiceType == typeof(IStreamStore));
        services.Remove(store);
        services.AddSingleton<IStreamStore>(provider =>
            new AwayStore((IStreamStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!)));
    }

    /// <summary>Completes when a commit has failed, one for each call.</summary>
    public Task RefusedAsync() => _refused.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public long Incarnation => inner.Incarnation;

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        if (!IsAway)
            return inner.CommitAsync(batch, cancellationToken);
        _refused.Release();
        throw new StoreUnavailableException("The disk is full.");
    }

    public ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken) =>
        inner.FindAsync(stream, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        inner.ReadAsync(stream, after, maxBytes, cancellationToken);

    public void Dispose()
    {
        (inner as IDisposable)?.Dispose();
        _refused.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            (inner as IDisposable)?.Dispose();
        _refused.Dispose();
    }
}
