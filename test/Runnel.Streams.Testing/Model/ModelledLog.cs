using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing.Model;

/// <summary>A log that stories are told to: the same kernel on whatever store.</summary>
public sealed class ModelledLog(Action<RunnelStreamsBuilder> choose, Func<IStreamStore, Task>? settle = null) : IAsyncDisposable
{
    private RunningLog? _log;

    public IEventStreams Streams => _log!.Streams;

    public IStreamStore Store => _log!.Store;

    /// <summary>Whether it outlives the process, and has tables.</summary>
    public bool IsDurable => settle is not null;

    public async Task OpenAsync() => _log = await RunningLog.StartAsync(choose);

    public Task SettleAsync() => settle?.Invoke(Store) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _log?.DisposeAsync() ?? ValueTask.CompletedTask;
}
