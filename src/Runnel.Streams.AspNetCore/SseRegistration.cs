using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.AspNetCore.Metrics;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Streams.AspNetCore;

/// <summary>The door into a container.</summary>
public static class SseRegistration
{
    /// <summary>Adds <see cref="SseStreams"/>.</summary>
    public static RunnelStreamsBuilder AddServerSentEvents(
        this RunnelStreamsBuilder builder, Action<SseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<SseOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton<AccumulatedTexts>();
        services.TryAddSingleton<SseMetrics>();
        services.TryAddSingleton(provider => PlacesOf(provider.GetRequiredService<IOptions<SseOptions>>().Value));
        services.TryAddSingleton<SseClock>();
        services.TryAddSingleton(provider => new SseStreams(
            provider.GetRequiredService<IEventStreams>(),
            provider.GetRequiredService<SseClock>(),
            provider.GetRequiredService<AccumulatedTexts>(),
            provider.GetRequiredService<IOptions<SseOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    private static StreamPlaces PlacesOf(SseOptions options) => new(options.Streams, options.StreamsPerReader);
}
