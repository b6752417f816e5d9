using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.Views;

namespace Runnel.Server.Streaming;

/// <summary>The log and its streams. Each slice adds an <see cref="IStreamKind"/> for its own.</summary>
internal static class StreamingFeature
{
    public static void AddStreaming(this IServiceCollection services)
    {
        services.AddSingleton<IStreamViews, StreamKinds>();
        services.AddSingleton<StreamAnswer>();
        services.AddRunnelStreams().AddServerSentEvents();
        services.AddOptions<SseOptions>().Configure<IOptions<StreamsOptions>>(
            (sse, streams) => (sse.Heartbeat, sse.Lifetime) = (streams.Value.Heartbeat, streams.Value.Lifetime));
        services.AddOptions<SseOptions>().Configure<IOptions<LimitsOptions>>(
            (sse, limits) => (sse.Streams, sse.StreamsPerReader) = (limits.Value.Streams, limits.Value.StreamsPerUser));
    }
}
