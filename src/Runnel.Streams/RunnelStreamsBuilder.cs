using Microsoft.Extensions.DependencyInjection;

namespace Runnel.Streams;

/// <summary>Goes on with the registration that <see cref="StreamsRegistration.AddRunnelStreams"/> began: choose a store.</summary>
/// <param name="services">The container.</param>
public sealed class RunnelStreamsBuilder(IServiceCollection services)
{
    /// <summary>The container.</summary>
    public IServiceCollection Services { get; } = services;
}
