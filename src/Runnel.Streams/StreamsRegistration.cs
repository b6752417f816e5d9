using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Runnel.Streams.Appending;
using Runnel.Streams.Live;
using Runnel.Streams.Metrics;
using Runnel.Streams.Views;

namespace Runnel.Streams;

/// <summary>The door into a container.</summary>
public static class StreamsRegistration
{
    /// <summary>Adds the log. Choose a store next. What is registered already stays: a <see cref="TimeProvider"/>, an
    /// <see cref="IStreamViews"/>. <see cref="LiveOptions"/> bound its memory.</summary>
    public static RunnelStreamsBuilder AddRunnelStreams(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStreamViews, NoViews>();
        services.AddOptions<LiveOptions>();
        services.TryAddSingleton<TailBudget>();
        services.TryAddSingleton<StreamsMetrics>();
        services.TryAddSingleton<LiveStreams>();
        services.TryAddSingleton<AppendBatcher>();
        services.TryAddSingleton<IEventStreams, EventStreams>();
        services.AddHostedService<LogLifetime>();
        return new RunnelStreamsBuilder(services);
    }
}
