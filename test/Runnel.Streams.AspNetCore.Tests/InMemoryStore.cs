using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Stores;

namespace Runnel.Streams.AspNetCore.Tests;

/// <summary>The store in memory, from outside of its project.</summary>
internal static class InMemoryStore
{
    public static IStreamStore Create()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRunnelStreams().UseInMemory();
        return services.BuildServiceProvider().GetRequiredService<IStreamStore>();
    }
}
