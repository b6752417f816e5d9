using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Runnel.Streams.Stores;

namespace Runnel.Streams;

/// <summary>Goes on with the registration that <see cref="StreamsRegistration.AddRunnelStreams"/> began: choose a store.</summary>
/// <param name="services">The container.</param>
public sealed class RunnelStreamsBuilder(IServiceCollection services)
{
    /// <summary>The container.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Keeps the log in memory, for tests and for applications that may lose it with the process. It grows without
    /// bound and refuses appends that have participants (<see cref="NotSupportedException"/>).</summary>
    public RunnelStreamsBuilder UseInMemory()
    {
        Services.TryAddSingleton<IStreamStore, InMemoryStreamStore>();
        return this;
    }
}
